package browser

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A Result is what became of a Fetch.
type Result struct {
	// Failure says why the script gets no answer; nil if it does.
	Failure *Failure
	// Preflights is how many preflights were sent.
	Preflights int
	// Exchanges is all that was sent, in order, and what came back.
	Exchanges []Exchange
	// Status, Header and Body are what the script may read of the answer, and
	// Type is "basic" or "cors": its response tainting. All are zero where
	// Failure is not nil. A Body of more than 16 MiB, as sent or as decoded, is
	// not read: that is a Failure at StepNetwork.
	Status int
	Header http.Header
	Body   []byte
	Type   string

	page, asked string
	credentials Credentials
}

// An Exchange is one request and its answer, as they were on the wire but for
// what net/http adds, such as Content-Length.
type Exchange struct {
	Preflight   bool
	Method, URL string
	Header      http.Header
	Status      int         // 0 if no answer came
	Answer      http.Header // the header of the answer
}

// Allowed reports whether the script gets the answer, whatever its status.
func (r *Result) Allowed() bool { return r.Failure == nil }

// String tells the whole story, in lines, for the message of a failed test.
func (r *Result) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "a page from %s asks for %s, credentials %s\n", quote(r.page), cut(r.asked), r.credentials)
	for _, e := range r.Exchanges {
		about := ""
		if e.Preflight {
			about = " (preflight)"
		}
		fmt.Fprintf(&b, "> %s %s%s\n", cut(e.Method), cut(e.URL), about)
		writeHeader(&b, "> ", e.Header)
		if e.Status == 0 {
			b.WriteString("< no answer\n")
			continue
		}
		fmt.Fprintf(&b, "< %s\n", strings.TrimSpace(strconv.Itoa(e.Status)+" "+http.StatusText(e.Status)))
		writeHeader(&b, "< ", e.Answer)
	}
	if r.Failure != nil {
		b.WriteString("blocked: " + r.Failure.Error())
	} else {
		fmt.Fprintf(&b, "allowed: the script reads the status %d", r.Status)
	}
	return b.String()
}

// maxFields is how many lines of one header String shows.
const maxFields = 30

// writeHeader writes fields sorted by name. A value that could pass for a line
// of its own is quoted, and a long one is cut.
func writeHeader(b *strings.Builder, mark string, header http.Header) {
	count := 0
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			if count++; count > maxFields {
				continue
			}
			if quoted := quote(value); quoted != `"`+value+`"` {
				value = quoted
			}
			fmt.Fprintf(b, "%s%s: %s\n", mark, cut(name), value)
		}
	}
	if count > maxFields {
		fmt.Fprintf(b, "%s... and %d more\n", mark, count-maxFields)
	}
}

// cut shortens what needs no quotes.
func cut(s string) string {
	const most = 200
	if len(s) > most {
		return s[:most] + "..."
	}
	return s
}
