package corsfiber_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// patience ends a test that waits for something that never comes. It is no
// measure: what is waited for comes within moments.
const patience = time.Minute

// A client is one connection, which stays open over several requests.
type client struct {
	t      *testing.T
	conn   net.Conn
	reader *bufio.Reader
}

func dial(t *testing.T, addr string) *client {
	t.Helper()
	conn, err := net.Dial("tcp4", addr)
	if err != nil {
		t.Fatal(err)
	}
	return newClient(t, conn)
}

func newClient(t *testing.T, conn net.Conn) *client {
	t.Helper()
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return &client{t, conn, bufio.NewReader(conn)}
}

// ask sends a request with field lines exactly as given. It ends the test if
// there is no answer.
func (c *client) ask(method, target string, lines ...string) answer {
	c.t.Helper()
	a := c.raw(method, target, lines...)
	if a.err != nil {
		c.t.Fatalf("%s %s: no answer: %v", method, target, a.err)
	}
	return a
}

// raw is ask for goroutines, which must not end the test.
func (c *client) raw(method, target string, lines ...string) answer {
	head := append([]string{method + " " + target + " HTTP/1.1", "Host: api.example.com"}, lines...)
	if _, err := io.WriteString(c.conn, strings.Join(head, "\r\n")+"\r\n\r\n"); err != nil {
		return answer{err: err}
	}
	resp, err := http.ReadResponse(c.reader, &http.Request{Method: method})
	if err != nil {
		return answer{err: err}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, string(body), err}
}

// ask sends one request on a connection of its own.
func ask(t *testing.T, addr, method, target string, lines ...string) answer {
	t.Helper()
	c := dial(t, addr)
	defer c.conn.Close()
	return c.ask(method, target, lines...)
}

type answer struct {
	status int
	header http.Header
	body   string
	err    error
}

// fields are the lines of every Access-Control field, sorted, then the names in
// all lines of Vary, sorted.
func (a answer) fields() []string {
	var out []string
	for name, values := range a.header {
		if strings.HasPrefix(name, "Access-Control-") {
			for _, value := range values {
				out = append(out, name+": "+value)
			}
		}
	}
	slices.Sort(out)
	var names []string
	for name := range strings.SplitSeq(strings.Join(a.header["Vary"], ","), ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		out = append(out, "Vary: "+strings.Join(names, ", "))
	}
	return out
}

// want compares the status and all that fields returns.
func (a answer) want(t *testing.T, status int, fields ...string) {
	t.Helper()
	if got := a.fields(); a.status != status || !slices.Equal(got, fields) {
		t.Errorf("answer %d with\n\t%s\nwant %d with\n\t%s",
			a.status, strings.Join(got, "\n\t"), status, strings.Join(fields, "\n\t"))
	}
}

// plus returns fields and one more, in a slice of its own.
func plus(fields []string, more ...string) []string {
	return append(slices.Clone(fields), more...)
}
