package conformance

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A response is what a case wants.
type response struct {
	head       string // as written in the case, for reports
	status     int
	fields     []field  // Access-Control-*, in the order of the case
	vary       []string // names in lower case, sorted
	handlerRan bool
}

// responseFields are the fields that a response of a case may list: those that
// Concors sends.
var responseFields = []string{
	"Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
	"Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
}

func parseResponse(s section) (response, *caseError) {
	lines, rest, err := head(s)
	if err != nil {
		return response{}, err
	}
	if rest != "" {
		return response{}, lineError(s.line+len(lines)+2, "nothing follows the blank line after a response")
	}
	want := response{head: strings.Join(lines, "\n")}
	var fault error
	if want.status, fault = parseStatus(lines[0]); fault != nil {
		return response{}, lineError(s.line+1, "%v", fault)
	}
	for i, line := range lines[1:] {
		f, fault := parseField(line)
		if fault == nil {
			fault = want.add(f)
		}
		if fault != nil {
			return response{}, lineError(s.line+2+i, "%v", fault)
		}
	}
	slices.Sort(want.vary)
	return want, nil
}

func parseStatus(line string) (int, error) {
	digits, ok := strings.CutPrefix(line, "HTTP/1.1 ")
	digits, text, found := strings.Cut(digits, " ")
	status, err := strconv.Atoi(digits)
	if !ok || !found || err != nil || status < 200 || status > 599 {
		return 0, fmt.Errorf("status line %q: want HTTP/1.1 204 No Content or another", cut(line))
	}
	if known := http.StatusText(status); known != "" && text != known {
		return 0, fmt.Errorf("status %d is %q, not %q", status, known, text)
	}
	return status, nil
}

// add takes one field of a response of a case.
func (want *response) add(f field) error {
	switch {
	case f.name == "Handler-Ran":
		if f.value != "yes" || want.handlerRan {
			return fmt.Errorf("want Handler-Ran: yes, once")
		}
		want.handlerRan = true
	case f.name == "Vary":
		names := splitNames(f.value)
		for _, name := range names {
			if slices.Contains(want.vary, name) {
				return fmt.Errorf("%q stands twice in Vary", name)
			}
			want.vary = append(want.vary, name)
		}
		if len(names) == 0 {
			return fmt.Errorf("a Vary that names nothing: leave it out")
		}
	case slices.Contains(responseFields, f.name):
		want.fields = append(want.fields, f)
	default:
		return fmt.Errorf("field %q: a response lists Access-Control-*, Vary and Handler-Ran only", cut(f.name))
	}
	return nil
}

// splitNames returns the elements of a comma-separated list in lower case.
func splitNames(value string) []string {
	var names []string
	for name := range strings.SplitSeq(value, ",") {
		if name = strings.ToLower(strings.Trim(name, " \t")); name != "" {
			names = append(names, name)
		}
	}
	return names
}
