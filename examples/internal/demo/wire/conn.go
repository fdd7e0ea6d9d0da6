package wire

import (
	"bufio"
	"bytes"
	"net"
	"net/http"
	"sync"
)

// maxHead bounds a head that is recorded, in bytes, and with it what a
// connection holds.
const maxHead = 32 << 10

var blankLine = []byte("\r\n\r\n")

// Listener returns ln, whose connections are recorded.
func (r *Recorder) Listener(ln net.Listener) net.Listener { return listener{ln, r} }

type listener struct {
	net.Listener
	recorder *Recorder
}

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, recorder: l.recorder}, nil
}

// conn listens in on a connection. It looks for heads only: a body is passed
// over, and where it cannot be, behind a chunked request or one that did not
// wait for its turn (no browser does either), nothing more is recorded. It
// changes no byte, and holds up the server only for as long as the recorder's
// function takes.
type conn struct {
	net.Conn
	recorder *Recorder

	mu      sync.Mutex
	asked   []byte // of a request's head
	said    []byte // of an answer's head
	body    int64  // bytes of a request's body that are still to come
	waiting bool   // for an answer
	entry   *entry // what waits, nil if it is not recorded
	last    bool   // no request behind this one can be told from its body
	lost    bool
}

func (c *conn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hear(b[:n])
	return n, err
}

func (c *conn) Write(b []byte) (int, error) {
	c.mu.Lock()
	c.say(b)
	c.mu.Unlock() // before the client can see the answer
	return c.Conn.Write(b)
}

// CloseWrite lets a server end its side alone, as net/http does after an error.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// hear takes what the client sent.
func (c *conn) hear(b []byte) {
	for len(b) > 0 && !c.lost && !c.last {
		if c.body > 0 {
			n := min(c.body, int64(len(b)))
			c.body -= n
			b = b[n:]
			continue
		}
		if c.waiting {
			c.lose()
			return
		}
		var head []byte
		if head, b = c.take(&c.asked, b); head != nil {
			c.request(head)
		}
	}
}

// say takes what the server answers.
func (c *conn) say(b []byte) {
	for len(b) > 0 && !c.lost && c.waiting {
		var head []byte
		if head, b = c.take(&c.said, b); head != nil {
			c.answer(head)
		}
	}
}

// take adds to the beginning of a head. It returns the head when it is whole,
// and what is behind it.
func (c *conn) take(begun *[]byte, b []byte) (head, rest []byte) {
	had := len(*begun)
	from := max(0, had-len(blankLine)+1)
	*begun = append(*begun, b[:min(len(b), maxHead-had)]...)
	i := bytes.Index((*begun)[from:], blankLine)
	if i < 0 && len(*begun) < maxHead {
		return nil, nil
	}
	if i < 0 {
		c.lose()
		return nil, nil
	}
	end := from + i + len(blankLine)
	head, rest = (*begun)[:end], b[end-had:]
	*begun = nil
	return head, rest
}

// request takes a head. A line feed alone ends a line too (RFC 9112, section
// 2.2), which no browser sends: such a head may hold more than one.
func (c *conn) request(head []byte) {
	if bytes.Count(head, []byte("\n")) != bytes.Count(head, []byte("\r\n")) {
		c.lose()
		return
	}
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(head)))
	if err != nil {
		c.lose()
		return
	}
	c.waiting, c.body, c.last = true, max(r.ContentLength, 0), r.ContentLength < 0
	c.entry = c.recorder.begin(r, newHead(string(head)))
}

func (c *conn) answer(head []byte) {
	r, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(head)), nil)
	if err != nil {
		c.lose()
		return
	}
	r.Body.Close()
	switched := r.StatusCode == http.StatusSwitchingProtocols
	if r.StatusCode < 200 && !switched { // the answer itself is still to come
		return
	}
	if c.entry != nil {
		c.recorder.answer(c.entry, newHead(string(head)))
	}
	c.waiting, c.entry = false, nil
	if c.last || switched {
		c.lose()
	}
}

// lose gives up on the rest of the connection.
func (c *conn) lose() {
	c.lost, c.asked, c.said, c.entry = true, nil, nil, nil
}
