package judge_test

import (
	"bufio"
	"net"
	"net/http"
	"testing"

	"github.com/concors/concors/compare/judge"
)

// listen hands every connection of a loopback port to serve.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			serve(conn)
			conn.Close()
		}
	}()
	t.Cleanup(func() { ln.Close(); <-ended })
	return ln.Addr().String()
}

// once answers one request with text and hangs up.
func once(text string) func(net.Conn) {
	return func(conn net.Conn) {
		if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			conn.Write([]byte(text))
		}
	}
}

// A server that ends a connection after an answer, without a word, is asked
// again.
func TestClientAsksAgain(t *testing.T) {
	c := judge.NewClient(listen(t, once("HTTP/1.1 204 No Content\r\nHandler-Ran: yes\r\nVary: Origin\r\n\r\n")))
	defer c.Close()
	for range 3 {
		a, err := c.Ask(parse(t, get))
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != 204 || !a.Ran || a.Header.Get("Vary") != "Origin" {
			t.Errorf("Ask = %v, want 204 from a handler", a)
		}
	}
}

func TestClientFails(t *testing.T) {
	for name, text := range map[string]string{
		"silence":     "",
		"no HTTP":     "hello\r\n\r\n",
		"half a body": "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
		"half a head": "HTTP/1.1 200 OK\r\nVary: Ori",
	} {
		c := judge.NewClient(listen(t, once(text)))
		if a, err := c.Ask(parse(t, get)); err == nil {
			t.Errorf("%s: Ask = %v, want an error", name, a)
		}
		c.Close()
	}
}

// An answer has bounds.
func TestClientReadsNoEndlessAnswer(t *testing.T) {
	c := judge.NewClient(listen(t, func(conn net.Conn) {
		line := make([]byte, 1<<16)
		for i := range line {
			line[i] = 'x'
		}
		if _, err := conn.Write([]byte("HTTP/1.1 200 OK\r\n\r\n")); err != nil {
			return
		}
		for range 1 << 10 {
			if _, err := conn.Write(line); err != nil {
				return
			}
		}
	}))
	defer c.Close()
	if a, err := c.Ask(parse(t, get)); err == nil {
		t.Errorf("Ask = %v, want an error", a)
	}
}
