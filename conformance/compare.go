package conformance

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// compare returns how an answer differs from what a case wants, one sentence
// each. With own the server has routes of its own: what its handlers answer
// beside the fields of CORS is then its own affair.
func compare(want response, got *answer, own bool) []string {
	var out []string
	differ := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if got.status != want.status && !(own && want.handlerRan) {
		differ("status %d, want %d", got.status, want.status)
	}
	out = append(out, compareFields(want.fields, got.fields)...)

	vary := varyNames(got)
	wantVary := want.vary
	if own && want.handlerRan {
		// Whether a server compresses has nothing to do with CORS.
		isEncoding := func(name string) bool { return name == "accept-encoding" }
		vary = slices.DeleteFunc(vary, isEncoding)
		wantVary = slices.DeleteFunc(slices.Clone(wantVary), isEncoding)
	}
	if !slices.Equal(vary, wantVary) {
		differ("Vary names %s, want %s", quotedNames(vary), quotedNames(wantVary))
	}
	if !own {
		ran := got.values("Handler-Ran")
		if len(ran) > 1 {
			differ("Handler-Ran comes %d times", len(ran))
		} else if (len(ran) == 1) != want.handlerRan {
			differ("the handler ran: %t, want %t", len(ran) == 1, want.handlerRan)
		}
	}
	if !want.handlerRan {
		out = append(out, compareBare(got)...)
	}
	return out
}

// compareFields compares every Access-Control-* line. Names are compared as
// spelled: whatever reads the raw bytes, a proxy's rule or a shell script,
// must find one spelling on all routers.
func compareFields(want, got []field) []string {
	wanted, came := map[string][]string{}, map[string][]string{}
	for _, f := range want {
		wanted[f.name] = append(wanted[f.name], f.value)
	}
	for _, f := range got {
		if strings.HasPrefix(strings.ToLower(f.name), "access-control-") {
			came[f.name] = append(came[f.name], f.value)
		}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if !slices.Equal(came[name], wanted[name]) {
			out = append(out, fmt.Sprintf("%s is %s, want %s", name, quoted(came[name]), quoted(wanted[name])))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(came)) {
		if wanted[name] == nil {
			out = append(out, fmt.Sprintf("%s is %s, want none", cut(name), quoted(came[name])))
		}
	}
	return out
}

// quoted shows the lines of one field.
func quoted(lines []string) string {
	if len(lines) == 0 {
		return "absent"
	}
	shown := make([]string, min(len(lines), maxShown))
	for i := range shown {
		shown[i] = fmt.Sprintf("%q", cut(lines[i]))
		if len(lines[i]) > len(cut(lines[i])) {
			shown[i] += fmt.Sprintf(" (%d bytes)", len(lines[i]))
		}
	}
	if n := len(lines) - len(shown); n > 0 {
		shown = append(shown, fmt.Sprintf("%d more", n))
	}
	return strings.Join(shown, " and ")
}

// quotedNames shows the names of a list.
func quotedNames(names []string) string {
	text := fmt.Sprintf("%q", names[:min(len(names), maxShown)])
	if len(names) > maxShown || len(text) > 2000 {
		return fmt.Sprintf("%.2000s... (%d names)", text, len(names))
	}
	return text
}

// varyNames returns the set of the names in all lines of Vary, sorted.
func varyNames(a *answer) []string {
	var names []string
	for _, line := range a.values("Vary") {
		names = append(names, splitNames(line)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// compareBare checks an answer that Concors gives itself: no body, and nothing
// that speaks of one.
func compareBare(got *answer) []string {
	var out []string
	if len(got.body) > 0 {
		out = append(out, fmt.Sprintf("a body of %d bytes, want none: %q", len(got.body), cut(string(got.body))))
	}
	if types := got.values("Content-Type"); len(types) > 0 {
		out = append(out, fmt.Sprintf("Content-Type is %s, want none", quoted(types)))
	}
	lengths := got.values("Content-Length")
	switch {
	case got.status == 204 && len(lengths) > 0:
		// RFC 9110, section 8.6: a server sends none in a 204.
		out = append(out, fmt.Sprintf("Content-Length is %s, want none in a 204", quoted(lengths)))
	case got.status != 204 && !slices.Equal(lengths, []string{"0"}):
		out = append(out, fmt.Sprintf("Content-Length is %s, want %q", quoted(lengths), "0"))
	}
	return out
}
