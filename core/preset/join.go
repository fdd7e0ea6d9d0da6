package preset

import "strings"

// Join returns one list of the entries of all lists, in order. An entry that an
// earlier one equals without regard to case is left out, since a policy refuses
// a header that is listed twice. Methods that differ in case are two, and of
// those it would leave one out: write them in upper case, as here.
func Join(lists ...[]string) []string {
	var joined []string
	seen := make(map[string]bool)
	for _, list := range lists {
		for _, entry := range list {
			if key := strings.ToLower(entry); !seen[key] {
				seen[key] = true
				joined = append(joined, entry)
			}
		}
	}
	return joined
}
