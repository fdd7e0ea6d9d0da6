//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/coder/websocket"
)

// bidi is a connection to a browser that speaks WebDriver BiDi.
type bidi struct {
	conn  *websocket.Conn
	hear  func(event string, params json.RawMessage)
	ended chan struct{} // closed when the connection has ended

	mu      sync.Mutex
	calls   int
	waiting map[int]chan reply // by the number of the call
}

// reply is the answer to a call, or an event.
type reply struct {
	ID     int             `json:"id"`
	Type   string          `json:"type"`
	Result json.RawMessage `json:"result"`

	Error   string `json:"error"`
	Message string `json:"message"`

	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// dialBiDi connects to a browser until the test ends. hear takes the events.
func dialBiDi(t *testing.T, url string, hear func(event string, params json.RawMessage)) *bidi {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	conn.SetReadLimit(-1)
	c := &bidi{conn: conn, hear: hear, ended: make(chan struct{}), waiting: map[int]chan reply{}}
	go c.read()
	t.Cleanup(func() {
		conn.CloseNow()
		<-c.ended
	})
	return c
}

func (c *bidi) read() {
	defer close(c.ended)
	for {
		_, data, err := c.conn.Read(context.Background())
		if err != nil {
			return
		}
		var r reply
		if json.Unmarshal(data, &r) != nil {
			return
		}
		if r.Type == "event" {
			c.hear(r.Method, r.Params)
			continue
		}
		c.mu.Lock()
		if waiting := c.waiting[r.ID]; waiting != nil {
			waiting <- r
			delete(c.waiting, r.ID)
		}
		c.mu.Unlock()
	}
}

// object holds the parameters of a call.
type object map[string]any

// call sends a command and decodes its result, unless result is nil.
func (c *bidi) call(t testing.TB, method string, params object, result any) {
	t.Helper()
	if err := c.try(method, params, result); err != nil {
		t.Fatalf("%s: %v", method, err)
	}
}

func (c *bidi) try(method string, params object, result any) error {
	answer := make(chan reply, 1)
	c.mu.Lock()
	c.calls++
	id := c.calls
	c.waiting[id] = answer
	c.mu.Unlock()
	message, err := json.Marshal(object{"id": id, "method": method, "params": params})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := c.conn.Write(ctx, websocket.MessageText, message); err != nil {
		return err
	}
	select {
	case r := <-answer:
		if r.Type != "success" {
			return fmt.Errorf("%s: %s", r.Error, r.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(r.Result, result)
	case <-c.ended:
		return fmt.Errorf("the browser has gone")
	case <-ctx.Done():
		return ctx.Err()
	}
}
