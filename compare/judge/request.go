package judge

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// A Request is one that a case sends, taken apart.
type Request struct {
	Raw     string // as sent
	Method  string
	Origins []string // the values of its Origin lines
	asked   []string // of Access-Control-Request-Method
	names   []string // of Access-Control-Request-Headers
	list    []string // the elements of names
}

// Parse takes a request apart. Only what the CORS protocol reads is looked at.
func Parse(raw string) (Request, error) {
	lines, _, found := cutHead(raw)
	method, rest, spaced := strings.Cut(lines[0], " ")
	if !found || !spaced || !strings.Contains(rest, " HTTP/1.") {
		return Request{}, fmt.Errorf("no request: %q", lines[0])
	}
	q := Request{Raw: raw, Method: method}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		value = strings.Trim(value, " \t")
		switch http.CanonicalHeaderKey(name) {
		case "Origin":
			q.Origins = append(q.Origins, value)
		case "Access-Control-Request-Method":
			q.asked = append(q.asked, value)
		case "Access-Control-Request-Headers":
			q.names = append(q.names, value)
		}
	}
	q.list = elements(q.names)
	return q, nil
}

func cutHead(raw string) (lines []string, body string, found bool) {
	head, body, found := strings.Cut(raw, "\r\n\r\n")
	return strings.Split(head, "\r\n"), body, found
}

// isPreflight is the CORS protocol's own definition (Fetch, HTTP requests).
func (q Request) isPreflight() bool {
	return q.Method == http.MethodOptions && len(q.Origins) > 0 && len(q.asked) > 0
}

// Path is what is asked for, without its query.
func (q Request) Path() string {
	line, _, _ := strings.Cut(q.Raw, "\r\n")
	_, rest, _ := strings.Cut(line, " ")
	target, _, _ := strings.Cut(rest, " ")
	target, _, _ = strings.Cut(target, "?")
	return target
}

// page is the origin of the page that asks, "" if there is none or if nobody
// could say which.
func (q Request) page() string {
	if len(q.Origins) != 1 {
		return ""
	}
	return q.Origins[0]
}

// askedMethod and askedNames are what a preflight asks for.
func (q Request) askedMethod() string  { return strings.Join(q.asked, ", ") }
func (q Request) askedNames() []string { return q.list }

// elements returns the elements of a list in one line or several, without the
// empty ones (RFC 9110, sections 5.3 and 5.6.1.2).
func elements(lines []string) []string {
	var out []string
	for _, line := range lines {
		for element := range strings.SplitSeq(line, ",") {
			if element = strings.Trim(element, " \t"); element != "" {
				out = append(out, element)
			}
		}
	}
	return out
}

// with returns the same request with other lines for some of the fields that an
// answer may vary by, in one order always; no value leaves a field out.
func (q Request) with(fields map[string][]string) Request {
	lines, body, _ := cutHead(q.Raw)
	kept := slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		name, _, _ := strings.Cut(line, ":")
		_, replaced := fields[http.CanonicalHeaderKey(name)]
		return replaced
	})
	for _, name := range varied {
		for _, value := range fields[name] {
			kept = append(kept, name+": "+value)
		}
	}
	other, err := Parse(strings.Join(kept, "\r\n") + "\r\n\r\n" + body)
	if err != nil {
		panic(err) // it had a request line before
	}
	return other
}

// lines returns the values of one of the fields that an answer may vary by.
func (q Request) lines(name string) []string {
	switch name {
	case "Origin":
		return q.Origins
	case "Access-Control-Request-Method":
		return q.asked
	default:
		return q.names
	}
}
