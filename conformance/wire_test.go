package conformance

import (
	"bufio"
	"io"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// scripted starts a server that answers the n-th request it reads, on whatever
// connection, with the n-th answer, byte for byte. An answer that ends with
// "(close)" closes the connection; an empty one closes it without a word. It
// returns the address and the number of connections so far.
func scripted(t *testing.T, answers ...string) (string, *atomic.Int32) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var connections atomic.Int32
	done := make(chan struct{})
	go func() {
		defer close(done)
		for len(answers) > 0 {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			answers = serveScript(conn, answers)
		}
	}()
	t.Cleanup(func() {
		listener.Close()
		<-done
	})
	return listener.Addr().String(), &connections
}

// serveScript plays one connection and returns the answers that are left.
func serveScript(conn net.Conn, answers []string) []string {
	defer conn.Close()
	r := bufio.NewReader(conn)
	for len(answers) > 0 {
		for line := ""; line != "\r\n"; {
			var err error
			if line, err = r.ReadString('\n'); err != nil {
				return answers
			}
		}
		text, closes := strings.CutSuffix(answers[0], "(close)")
		answers = answers[1:]
		if _, err := io.WriteString(conn, text); err != nil || closes || text == "" {
			return answers
		}
	}
	// Nothing is left to say: the client closes first.
	r.ReadByte()
	return nil
}

func get(method string) request {
	return request{raw: method + " / HTTP/1.1\r\nHost: api.example.com\r\n\r\n", method: method, target: "/"}
}

const ok = "HTTP/1.1 200 OK\r\n"

// readable are answers and what is read of them.
var readable = []struct {
	name, method, answer, body string
	status                     int
	last                       bool
}{
	{"length", "GET", ok + "Content-Length: 3\r\n\r\nok\n", "ok\n", 200, false},
	{"length zero", "GET", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "", 403, false},
	{"no status text", "GET", "HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n", "", 299, false},
	{"close", "GET", ok + "\r\nto the end(close)", "to the end", 200, true},
	{"length and close", "GET", ok + "Connection: Close\r\nContent-Length: 2\r\n\r\nok(close)", "ok", 200, true},
	{"old", "GET", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok(close)", "ok", 200, true},
	{"old, kept", "GET", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok", "ok", 200, false},
	{"chunked", "GET", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n00A;x=y\r\n0123456789\r\n0\r\nT: x\r\n\r\n",
		"ok0123456789", 200, false},
	{"chunked, empty", "GET", ok + "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", "", 200, false},
	{"HEAD", "HEAD", ok + "Content-Length: 3\r\n\r\n", "", 200, false},
	{"HEAD, chunked", "HEAD", ok + "Transfer-Encoding: chunked\r\n\r\n", "", 200, false},
	{"204", "OPTIONS", "HTTP/1.1 204 No Content\r\n\r\n", "", 204, false},
	{"304", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "", 304, false},
	{"interim", "GET", "HTTP/1.1 103 Early Hints\r\nX-A: 1\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" +
		"HTTP/1.1 204 No Content\r\n\r\n", "", 204, false},
}

func clientOf(t *testing.T, addr string) *client {
	t.Helper()
	dial, err := loopback(addr)
	if err != nil {
		t.Fatal(err)
	}
	return &client{dial: dial}
}

func TestExchangeReads(t *testing.T) {
	for _, test := range readable {
		addr, connections := scripted(t, test.answer, "HTTP/1.1 204 No Content\r\n\r\n")
		c := clientOf(t, addr)
		a, err := c.exchange(get(test.method), func() {})
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			c.close()
			continue
		}
		if a.status != test.status || string(a.body) != test.body || a.last != test.last {
			t.Errorf("%s: status %d, body %q, last %t, want %d, %q, %t",
				test.name, a.status, a.body, a.last, test.status, test.body, test.last)
		}
		if a.values("X-A") != nil {
			t.Errorf("%s: a field of an interim answer in the final one", test.name)
		}
		// The connection is kept exactly where it may be.
		if _, err := c.exchange(get("GET"), func() {}); err != nil {
			t.Errorf("%s: the next request: %v", test.name, err)
		}
		want := int32(1)
		if test.last {
			want = 2
		}
		if got := connections.Load(); got != want {
			t.Errorf("%s: %d connections, want %d", test.name, got, want)
		}
		c.close()
	}
}

func TestExchangeFields(t *testing.T) {
	addr, _ := scripted(t, "HTTP/1.1 204 No Content\r\nvary:A\r\nX-Odd:  \xe9\t \r\nVARY: B\r\nEmpty:\r\n\r\n")
	c := clientOf(t, addr)
	defer c.close()
	a, err := c.exchange(get("GET"), func() {})
	if err != nil {
		t.Fatal(err)
	}
	want := []field{{"vary", "A"}, {"X-Odd", "\xe9"}, {"VARY", "B"}, {"Empty", ""}}
	if !slices.Equal(a.fields, want) {
		t.Errorf("fields = %q, want %q", a.fields, want)
	}
	if got := a.values("Vary"); !slices.Equal(got, []string{"A", "B"}) {
		t.Errorf("values(Vary) = %q", got)
	}
}

func TestExchangeFaults(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for _, test := range []struct{ name, answer, want string }{
		{"nothing", "", "no answer"},
		{"no HTTP", "hello\r\n\r\n", `status line "hello"`},
		{"HTTP/2", "HTTP/2 200 OK\r\n\r\n", "status line"},
		{"short status", "HTTP/1.1 99 OK\r\n\r\n", "status line"},
		{"no end of head", ok + "Vary: A\r\n(close)", "unexpected EOF"},
		{"line feed alone", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "does not end with CR LF"},
		{"no field", ok + "nonsense\r\n\r\n", "want a field"},
		{"folded", ok + "Vary: A,\r\n B\r\n\r\n", "want a field"},
		{"blank before the colon", ok + "Vary : A\r\n\r\n", "no token"},
		{"endless head", ok + "X-A: " + long + "\r\n\r\n", "the answer has no end"},
		{"endless body", ok + "\r\n" + long + "x(close)", "the answer has no end"},
		{"long body", ok + "Content-Length: 1048577\r\n\r\n", `content length "1048577"`},
		{"negative length", ok + "Content-Length: -1\r\n\r\n", `content length "-1"`},
		{"two lengths", ok + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n", "2 lines of Content-Length"},
		{"short body", ok + "Content-Length: 3\r\n\r\nok(close)", "unexpected EOF"},
		{"more than length", ok + "Content-Length: 2\r\n\r\nok\n", `more than its answer: "\n"`},
		{"body on 204", "HTTP/1.1 204 No Content\r\n\r\nbody", `more than its answer: "body"`},
		{"bad chunk", ok + "Transfer-Encoding: chunked\r\n\r\nx\r\n", `chunk size "x"`},
		{"long chunk", ok + "Transfer-Encoding: chunked\r\n\r\n100001\r\n", `chunk size "100001"`},
		{"short chunk", ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nok(close)", "unexpected EOF"},
		{"chunk without end", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok.\r\n", `chunk ends with "."`},
		{"no last chunk", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n(close)", "unexpected EOF"},
	} {
		addr, _ := scripted(t, test.answer)
		c := clientOf(t, addr)
		a, err := c.exchange(get("GET"), func() {})
		if err == nil {
			t.Errorf("%s: %d, want error %s", test.name, a.status, test.want)
		} else if !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
		if c.conn != nil {
			t.Errorf("%s: the connection is kept after an error", test.name)
		}
		c.close()
	}
}

// TestExchangeDialsAgain holds that a connection which the server closes
// between two requests costs nothing, and that a server without a word fails.
func TestExchangeDialsAgain(t *testing.T) {
	const empty = "HTTP/1.1 204 No Content\r\n\r\n"
	addr, connections := scripted(t, empty, "", empty, "", "")
	c := clientOf(t, addr)
	defer c.close()
	for i, want := range []struct {
		attempts int
		fails    bool
	}{
		{1, false}, // a fresh connection
		{2, false}, // kept, closed by the server, dialled again
		{2, true},  // kept, closed, dialled again, closed again
	} {
		attempts := 0
		_, err := c.exchange(get("GET"), func() { attempts++ })
		if attempts != want.attempts || (err != nil) != want.fails {
			t.Errorf("request %d: %d attempts, error %v, want %d, error %t", i, attempts, err, want.attempts, want.fails)
		}
	}
	if got := connections.Load(); got != 3 {
		t.Errorf("%d connections, want 3", got)
	}
}

func TestNewClientAddr(t *testing.T) {
	for addr, ok := range map[string]bool{
		"127.0.0.1:80":          true,
		"127.8.8.8:80":          true,
		"[::1]:80":              true,
		"[::ffff:127.0.0.1]:80": true,
		"192.0.2.1:80":          false,
		"0.0.0.0:80":            false,
		"[::]:80":               false,
		"[2001:db8::1]:80":      false,
		"localhost:80":          false,
		":80":                   false,
		"127.0.0.1":             false,
		"http://127.0.0.1:80":   false,
		"":                      false,
	} {
		if _, err := loopback(addr); (err == nil) != ok {
			t.Errorf("loopback(%q): %v, want success %t", addr, err, ok)
		}
	}
}
