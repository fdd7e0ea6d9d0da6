package browser

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"
)

// New returns a browser for which handler is the whole web: it serves every
// host, over http and https. Between the two stand net/http's own client and
// server on connections in memory, so that what the server does to a handler's
// answer, or to a panic, happens here too. It has no base, so URLs are absolute,
// and every request comes from 192.0.2.1:1234. Close ends it.
func New(handler http.Handler) *Browser {
	l := &listener{connections: make(chan net.Conn), done: make(chan struct{})}
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if secure, _ := r.Context().Value(secureKey{}).(bool); secure {
				r.TLS = &tls.ConnectionState{Version: tls.VersionTLS13, HandshakeComplete: true}
			}
			handler.ServeHTTP(w, r)
		}),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, secureKey{}, c.(connection).secure)
		},
	}
	go server.Serve(l)
	transport := newTransport()
	transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) { return l.dial(ctx, false) }
	transport.DialTLSContext = func(ctx context.Context, _, _ string) (net.Conn, error) { return l.dial(ctx, true) }
	return &Browser{Transport: transport, close: func() { server.Close() }}
}

// secureKey is the context key of a connection that stands for one under TLS.
type secureKey struct{}

// A connection is the server's end of one in memory. No bytes are encrypted on
// it; that it stands for https is a mark.
type connection struct {
	net.Conn
	secure bool
}

// RemoteAddr is an address for documentation, in the form that handlers expect.
func (connection) RemoteAddr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 1234}
}

// A listener accepts connections that are dialled in the same process.
type listener struct {
	connections chan net.Conn
	once        sync.Once
	done        chan struct{}
}

func (l *listener) dial(ctx context.Context, secure bool) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.connections <- connection{theirs, secure}:
		return ours, nil
	case <-l.done:
		return nil, errors.New("the browser is closed")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.connections:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *listener) Addr() net.Addr { return memory{} }

// memory is the address of connections in memory.
type memory struct{}

func (memory) Network() string { return "memory" }
func (memory) String() string  { return "memory" }

// network is the transport of a browser that was given none.
var network = sync.OnceValue(newTransport)

// newTransport returns a transport that opens a connection for each request:
// on one that it uses again, net/http repeats a request that was not answered,
// and a handler that panics would run twice. HTTP/2 would share one.
func newTransport() *http.Transport {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{MaxIdleConnsPerHost: -1, Protocols: protocols}
}

func (b *Browser) transport() http.RoundTripper {
	if b.Transport != nil {
		return b.Transport
	}
	return network()
}
