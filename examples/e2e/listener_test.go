//go:build e2e

package e2e

import (
	"bufio"
	"net"
	"sync"
	"testing"
)

// split listens on one free port for both schemes, so that every origin's host
// and port, whatever its scheme, can be mapped to the same address: the first
// byte that a browser sends tells TLS from plain HTTP.
func split(t *testing.T) (plain, secure net.Listener) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	p, s := newSide(ln), newSide(ln)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go sniff(conn, p, s)
		}
	}()
	return p, s
}

// sniff hands conn to one of the sides. Browsers open spare connections, which
// wait here until they are used or closed.
func sniff(conn net.Conn, plain, secure *side) {
	const handshake = 0x16 // the type of TLS's first record
	reader := bufio.NewReader(conn)
	first, err := reader.Peek(1)
	if err != nil {
		conn.Close()
		return
	}
	s := plain
	if first[0] == handshake {
		s = secure
	}
	select {
	case s.accepted <- sniffed{conn, reader}:
	case <-s.closed:
		conn.Close()
	}
}

// sniffed is a connection whose first bytes are in the reader.
type sniffed struct {
	net.Conn
	reader *bufio.Reader
}

func (s sniffed) Read(data []byte) (int, error) { return s.reader.Read(data) }

// side is a listener for one scheme.
type side struct {
	net.Listener
	accepted chan net.Conn
	closed   chan struct{}
	close    func()
}

func newSide(ln net.Listener) *side {
	s := &side{Listener: ln, accepted: make(chan net.Conn), closed: make(chan struct{})}
	s.close = sync.OnceFunc(func() { close(s.closed) })
	return s
}

// Accept waits for a connection of this scheme.
func (s *side) Accept() (net.Conn, error) {
	select {
	case conn := <-s.accepted:
		return conn, nil
	case <-s.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept. The port stays open for the other side.
func (s *side) Close() error {
	s.close()
	return nil
}
