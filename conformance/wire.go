package conformance

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"time"
)

// patience is how long the runner waits for a connection or a whole answer: a
// server that hangs fails, and does not stop the suite.
const patience = 30 * time.Second

// A client speaks to one server. It keeps its connection as long as the server
// does.
type client struct {
	dial   func() (net.Conn, error)
	conn   net.Conn
	reader *bufio.Reader
}

// loopback returns a function that connects to addr, which must be on this
// machine: a server that a test starts is no other's business.
func loopback(addr string) (func() (net.Conn, error), error) {
	ap, err := netip.ParseAddrPort(addr)
	if err != nil {
		return nil, fmt.Errorf("server address %q: want IP:port, such as 127.0.0.1:8080", addr)
	}
	if !ap.Addr().Unmap().IsLoopback() {
		return nil, fmt.Errorf("server address %q is not a loopback address", addr)
	}
	return func() (net.Conn, error) { return net.DialTimeout("tcp", addr, patience) }, nil
}

func (c *client) close() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

// errNoAnswer wraps what stopped an exchange before the answer began.
var errNoAnswer = errors.New("no answer")

// exchange sends a request and reads the answer. A server may close a
// connection between two requests; the request is then sent once more on a
// fresh one. attempt is called before each sending.
func (c *client) exchange(q request, attempt func()) (*answer, error) {
	kept := c.conn != nil
	attempt()
	a, err := c.once(q)
	if kept && errors.Is(err, errNoAnswer) && !errors.Is(err, os.ErrDeadlineExceeded) {
		c.close()
		attempt()
		a, err = c.once(q)
	}
	if err != nil || a.last {
		c.close()
	}
	return a, err
}

func (c *client) once(q request) (*answer, error) {
	if c.conn == nil {
		conn, err := c.dial()
		if err != nil {
			return nil, err
		}
		c.conn, c.reader = conn, bufio.NewReaderSize(conn, 16<<10)
	}
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	// A server may answer, and close, before it has read the whole request:
	// then the answer tells more than the error does.
	_, writeErr := io.WriteString(c.conn, q.raw)
	if _, err := c.reader.Peek(1); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoAnswer, errors.Join(writeErr, err))
	}
	a, err := readAnswer(c.reader, q.method)
	if err != nil {
		return nil, err
	}
	if n := c.reader.Buffered(); n > 0 {
		rest, _ := c.reader.Peek(n)
		return nil, fmt.Errorf("the server sent more than its answer: %q", cut(string(rest)))
	}
	return a, nil
}
