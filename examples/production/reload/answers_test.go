package reload_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// The two policies of the storm differ in every field of every answer: what is
// not the one's is the other's.
var storm = [2]string{
	`{"allowOrigins": ["*"], "allowMethods": ["PUT"], "allowHeaders": ["X-A"], "exposeHeaders": ["X-From-A"], "maxAge": 60,
	  "preflightStatus": 200}`,
	`{"allowOrigins": ["https://app.example.com"], "allowMethods": ["PUT", "DELETE"], "allowHeaders": ["X-B", "X-A"],
	  "exposeHeaders": ["X-From-B"], "allowCredentials": true, "maxAge": 120}`,
}

// A question is a request, with the whole answer of each policy.
type question struct {
	method, origin string
	answers        [2]string
}

const anyVary = "vary=Access-Control-Request-Headers,Access-Control-Request-Method"

var questions = []question{
	{"OPTIONS", "https://app.example.com", [2]string{
		"200 headers=X-A methods=PUT origin=* age=60 " + anyVary,
		"204 credentials=true headers=X-B, X-A methods=PUT, DELETE origin=https://app.example.com age=120 " + anyVary + ",Origin",
	}},
	{"GET", "https://app.example.com", [2]string{
		"200 origin=* expose=X-From-A ok",
		"200 credentials=true origin=https://app.example.com expose=X-From-B vary=Origin ok",
	}},
	{"OPTIONS", "https://other.example.org", [2]string{
		"200 headers=X-A methods=PUT origin=* age=60 " + anyVary,
		"403 " + anyVary + ",Origin",
	}},
	{"GET", "https://other.example.org", [2]string{
		"200 origin=* expose=X-From-A ok",
		"200 vary=Origin ok",
	}},
}

// written returns an answer as one line: the status, every field of the CORS
// protocol, the names in Vary, and the body.
func written(status int, header http.Header, body string) string {
	parts := []string{fmt.Sprint(status)}
	for _, field := range [][2]string{
		{"credentials", "Allow-Credentials"}, {"headers", "Allow-Headers"}, {"methods", "Allow-Methods"},
		{"origin", "Allow-Origin"}, {"expose", "Expose-Headers"}, {"age", "Max-Age"},
	} {
		if values := header["Access-Control-"+field[1]]; values != nil {
			parts = append(parts, field[0]+"="+strings.Join(values, "|"))
		}
	}
	var vary []string
	for _, line := range header["Vary"] {
		vary = append(vary, strings.Split(strings.ReplaceAll(line, " ", ""), ",")...)
	}
	if vary != nil {
		slices.Sort(vary)
		parts = append(parts, "vary="+strings.Join(vary, ","))
	}
	if body = strings.TrimSpace(body); body != "" {
		parts = append(parts, body)
	}
	return strings.Join(parts, " ")
}

// A client asks questions over one connection. It is a plain one: the storm is
// to wear out the server.
type client struct {
	net.Conn
	answers *bufio.Reader
}

func dial(base string) (client, error) {
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		return client{}, err
	}
	return client{conn, bufio.NewReader(conn)}, nil
}

// ask returns whose answer came. Anything but one policy's whole answer is an
// error.
func (c client) ask(q question) (policy int, err error) {
	if err := c.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return 0, err
	}
	fields := ""
	if q.method == http.MethodOptions {
		fields = "Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: x-a\r\n"
	}
	if _, err := fmt.Fprintf(c, "%s /thing HTTP/1.1\r\nHost: api.example.com\r\nOrigin: %s\r\n%s\r\n", q.method, q.origin, fields); err != nil {
		return 0, err
	}
	res, err := http.ReadResponse(c.answers, &http.Request{Method: q.method})
	if err != nil {
		return 0, err
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err
	}
	got := written(res.StatusCode, res.Header, string(body))
	if policy = slices.Index(q.answers[:], got); policy < 0 {
		return 0, fmt.Errorf("%s from %s: %q, which is no policy's answer: want one of %q", q.method, q.origin, got, q.answers)
	}
	return policy, nil
}
