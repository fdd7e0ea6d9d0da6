package conformance

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A request is what a case sends, ready for the wire.
type request struct {
	raw     string
	method  string
	target  string
	origins int // lines of Origin
}

// path is the target without its query.
func (q request) path() string {
	path, _, _ := strings.Cut(q.target, "?")
	return path
}

// maxHead is the longest request head that a case may send. The servers' own
// limits are a little above it, and what they refuse proves nothing.
const maxHead = 1_000_100

// methods are those that every router's server knows. A requested method,
// which is a mere field value, may be any.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

func parseRequest(s section) (request, *caseError) {
	lines, body, err := head(s)
	if err != nil {
		return request{}, err
	}
	parts := strings.Split(lines[0], " ")
	if len(parts) != 3 || parts[1] == "" || parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0" {
		return request{}, lineError(s.line+1, "request line %q: want METHOD target HTTP/1.1", cut(lines[0]))
	}
	if !slices.Contains(methods, parts[0]) {
		return request{}, lineError(s.line+1, "method %q is not one that every server knows", parts[0])
	}
	hosts, origins, length := 0, 0, 0
	for i, line := range lines[1:] {
		f, fault := parseField(line)
		if fault == nil {
			length, fault = checkRequestField(f, length)
		}
		if fault != nil {
			return request{}, lineError(s.line+2+i, "%v", fault)
		}
		switch http.CanonicalHeaderKey(f.name) {
		case "Host":
			hosts++
		case "Origin":
			origins++
		}
	}
	if hosts > 1 || hosts == 0 && parts[2] == "HTTP/1.1" {
		return request{}, lineError(s.line, "want exactly one Host line")
	}
	raw := strings.Join(lines, "\r\n") + "\r\n\r\n"
	if len(raw) > maxHead {
		return request{}, lineError(s.line, "the head has %d bytes, more than %d", len(raw), maxHead)
	}
	text, fault := expandBody(body)
	if fault != nil {
		return request{}, lineError(s.line+len(lines)+2, "%v", fault)
	}
	if len(text) != length {
		return request{}, lineError(s.line+len(lines)+1, "the body has %d bytes, Content-Length says %d", len(text), length)
	}
	return request{raw: raw + text, method: parts[0], target: parts[1], origins: origins}, nil
}

// checkRequestField returns the length of the body as far as it is known.
func checkRequestField(f field, length int) (int, error) {
	for i := range len(f.value) {
		if b := f.value[i]; b < ' ' && b != '\t' || b == 0x7f {
			return 0, fmt.Errorf("control byte %#02x, which servers refuse before any middleware", b)
		}
	}
	switch http.CanonicalHeaderKey(f.name) {
	case "Host":
		if f.value != "api.example.com" {
			return 0, fmt.Errorf("host %q: want api.example.com", cut(f.value))
		}
	case "Transfer-Encoding":
		return 0, fmt.Errorf("give a body by Content-Length")
	case "Content-Length":
		n, err := strconv.Atoi(f.value)
		if err != nil || n < 0 {
			return 0, fmt.Errorf("content length %q: want a number", cut(f.value))
		}
		return n, nil
	}
	return length, nil
}

func expandBody(body string) (string, error) {
	var b strings.Builder
	for line := range strings.Lines(body) {
		text, err := expand(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return "", err
		}
		b.WriteString(text + "\r\n")
	}
	return b.String(), nil
}
