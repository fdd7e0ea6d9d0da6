package concors

import (
	"strconv"
	"strings"

	"github.com/concors/concors/core/internal/field"
	"github.com/concors/concors/core/internal/method"
)

// notToken says how to mend an entry that is no token: in most cases several
// names stand in one entry, or a blank crept in. offer returns a name as it may
// be listed, or "" if it may not.
func notToken(entry, example string, offer func(name string) string) string {
	if entry == "" {
		return "remove the empty entry"
	}
	var offered, left []string
	for name := range strings.FieldsFuncSeq(entry, isSeparator) {
		if name = offer(name); name != "" {
			offered = append(offered, strconv.Quote(name))
		} else {
			left = append(left, name)
		}
	}
	switch {
	case len(offered) == 0:
		return "write letters, digits and hyphens, " + example
	case len(left) > 0:
		return "give each name an entry of its own: " + strings.Join(offered, ", ") +
			", and leave out what cannot be listed: " + strconv.Quote(strings.Join(left, ", "))
	case len(offered) == 1:
		return "write " + offered[0]
	}
	return "give each name an entry of its own: " + strings.Join(offered, ", ")
}

// notHeader is notToken for header names, of which some are well known: in
// "Content Type" a hyphen is missing.
func notHeader(entry, example string, offer func(name string) string) string {
	hint := notToken(entry, example, offer)
	known := field.WellKnown(strings.Join(strings.Fields(entry), "-"))
	if known == "" || offer(known) == "" || field.IsToken(strings.TrimSpace(entry)) {
		return hint
	}
	return "write " + strconv.Quote(known) + ", or " + hint
}

func isSeparator(r rune) bool {
	return strings.ContainsRune(",;: \t\r\n", r)
}

func offerMethod(name string) string {
	if !field.IsToken(name) || name == "*" || method.IsForbidden(name) {
		return ""
	}
	return method.Normalize(name)
}

func offerRequestHeader(name string) string {
	if !field.IsToken(name) || name == "*" || field.IsCORS(name) || field.IsForbiddenRequest(name) {
		return ""
	}
	return name
}

func offerResponseHeader(name string) string {
	if !field.IsToken(name) || name == "*" || field.IsForbiddenResponse(name) {
		return ""
	}
	return name
}
