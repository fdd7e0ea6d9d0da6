package scale

import (
	"bufio"
	"context"
	"net/http"
	"strings"

	concors "github.com/concors/concors/core"
)

const page = "https://app.example.com"

// preflight is the text of one, with a line for each element of names.
func preflight(origin string, names ...string) string {
	var b strings.Builder
	b.WriteString("OPTIONS /items HTTP/1.1\r\nHost: api.example.com\r\n" +
		"Origin: " + origin + "\r\nAccess-Control-Request-Method: PUT\r\n")
	for _, line := range names {
		b.WriteString(namesField + line + "\r\n")
	}
	b.WriteString("\r\n")
	return b.String()
}

const namesField = "Access-Control-Request-Headers: "

// A reader reads requests as a server does before it calls any handler, through
// one buffer.
type reader struct {
	text   strings.Reader
	buffer *bufio.Reader
}

func newReader() *reader { return &reader{buffer: bufio.NewReader(nil)} }

func (r *reader) read(text string) *http.Request {
	r.text.Reset(text)
	r.buffer.Reset(&r.text)
	request, err := http.ReadRequest(r.buffer)
	if err != nil {
		panic(err) // the text is ours
	}
	return request
}

// reads reads the same request again and again.
func reads(text string) piece {
	r := newReader()
	return piece{litters: true, work: func(times int) {
		for range times {
			r.read(text)
		}
	}}
}

// answers decides about the request and writes the fields, again and again.
func answers(policy *concors.Policy, text string) piece {
	request := concors.NewRequest(newReader().read(text))
	header := http.Header{}
	return piece{work: func(times int) {
		for range times {
			clear(header)
			policy.Decide(context.Background(), request).Apply(header)
		}
	}}
}
