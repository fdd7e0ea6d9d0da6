package websockets_test

import (
	"context"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"github.com/concors/concors/conformance/adaptertest"
	"github.com/concors/concors/examples/production/beside/websockets"
)

// A wire has one connection, in memory.
type wire struct {
	server chan net.Conn
	closed chan struct{}
}

func (w wire) Accept() (net.Conn, error) {
	select {
	case conn := <-w.server:
		return conn, nil
	case <-w.closed:
		return nil, net.ErrClosed
	}
}

func (w wire) Close() error { close(w.closed); return nil }

func (w wire) Addr() net.Addr { return &net.TCPAddr{} }

// connect opens a WebSocket to handler within a bubble.
func connect(t *testing.T, handler http.Handler) *websocket.Conn {
	t.Helper()
	w := wire{make(chan net.Conn, 1), make(chan struct{})}
	client, server := net.Pipe()
	w.server <- server
	site := &http.Server{Handler: handler}
	done := make(chan error, 1)
	go func() { done <- site.Serve(w) }()
	t.Cleanup(func() {
		site.Close()
		<-done
	})
	transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return client, nil }}
	conn, _, err := websocket.Dial(t.Context(), "http://api.example.com/ws", &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport}, HTTPHeader: http.Header{"Origin": {adaptertest.App}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.CloseNow() })
	return conn
}

// A page that speaks every four minutes stays, and one that falls silent goes.
func TestSilentPageIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn := connect(t, websockets.Handler(adaptertest.AppPolicy(t)))
		for range 3 {
			time.Sleep(4 * time.Minute)
			if err := conn.Write(t.Context(), websocket.MessageText, []byte("hello")); err != nil {
				t.Fatal(err)
			}
			if _, got, err := conn.Read(t.Context()); string(got) != "hello" {
				t.Fatalf("got %q, %v; want hello", got, err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		began := time.Now()
		if _, _, err := conn.Read(ctx); err == nil || time.Since(began) > 6*time.Minute {
			t.Errorf("after %v: %v, want the connection closed within 6m", time.Since(began), err)
		}
	})
}

// A page that speaks and takes no answer goes sooner.
func TestStuckPageIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan struct{})
		serve := websockets.OwnPagesToo(adaptertest.AppPolicy(t))
		conn := connect(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer close(ended)
			serve(w, r)
		}))
		if err := conn.Write(t.Context(), websocket.MessageText, []byte("hello")); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ended:
		case <-time.After(time.Minute):
			t.Error("a minute later it is still served")
		}
	})
}
