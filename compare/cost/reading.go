package cost

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"
)

// readingDriver reads a request from its bytes, as a server does before it
// calls any handler.
type readingDriver struct {
	text   string
	source *strings.Reader
	buffer *bufio.Reader
}

func readRequest(w *workload) driver {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: api.example.com\r\n", w.method, path)
	for _, f := range w.request {
		fmt.Fprintf(&b, "%s: %s\r\n", f.name, f.value)
	}
	b.WriteString("\r\n")
	source := strings.NewReader("")
	return &readingDriver{b.String(), source, bufio.NewReader(source)}
}

func (d *readingDriver) run(times int) {
	for range times {
		d.source.Reset(d.text)
		d.buffer.Reset(d.source)
		if _, err := http.ReadRequest(d.buffer); err != nil {
			panic(err) // the text is ours
		}
	}
}

func (d *readingDriver) answer() answer { return answer{} }
