package judge

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

// An Answer is what came.
type Answer struct {
	Status int
	Header http.Header
	Ran    bool // a handler answers, and not the middleware
}

// The bounds of an exchange: more than any sound answer needs.
const (
	patience  = 20 * time.Second
	maxAnswer = 8 << 20
)

// A Client speaks to one server and keeps its connection as long as the server
// does.
type Client struct {
	addr   string
	conn   net.Conn
	limit  *io.LimitedReader
	reader *bufio.Reader
}

// NewClient returns a client of the server at that address.
func NewClient(addr string) *Client { return &Client{addr: addr} }

// Close ends the connection.
func (c *Client) Close() {
	if c.conn != nil {
		c.conn.Close()
		c.conn = nil
	}
}

// Ask sends a request byte for byte and reads the answer. A server may close a
// connection between two requests: then it is sent once more on a fresh one.
func (c *Client) Ask(q Request) (Answer, error) {
	kept := c.conn != nil
	a, err := c.once(q)
	if kept && errors.Is(err, errNothing) && !errors.Is(err, os.ErrDeadlineExceeded) {
		c.Close()
		a, err = c.once(q)
	}
	if err != nil {
		c.Close()
	}
	return a, err
}

var errNothing = errors.New("no answer")

func (c *Client) once(q Request) (Answer, error) {
	if c.conn == nil {
		conn, err := net.DialTimeout("tcp", c.addr, patience)
		if err != nil {
			return Answer{}, err
		}
		c.conn = conn
		c.limit = &io.LimitedReader{R: conn}
		c.reader = bufio.NewReaderSize(c.limit, 16<<10)
	}
	c.limit.N = maxAnswer
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return Answer{}, err
	}
	// A server may answer, and close, before it has read the whole request:
	// then the answer tells more than the error does.
	_, writeErr := io.WriteString(c.conn, q.Raw)
	if _, err := c.reader.Peek(1); err != nil {
		return Answer{}, fmt.Errorf("%w: %w", errNothing, errors.Join(writeErr, err))
	}
	response, err := http.ReadResponse(c.reader, &http.Request{Method: q.Method})
	if err != nil {
		return Answer{}, fmt.Errorf("no HTTP: %w", err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return Answer{}, fmt.Errorf("the body breaks off: %w", err)
	}
	if c.limit.N <= 0 {
		return Answer{}, errors.New("the answer has no end")
	}
	if response.Close {
		c.Close()
	}
	return Answer{
		Status: response.StatusCode,
		Header: response.Header,
		Ran:    response.Header.Get("Handler-Ran") == "yes",
	}, nil
}
