//go:build e2e

package e2e

import (
	"bytes"
	"io"
	"net"
	"testing"
)

// newSOCKS returns the address of a proxy that leads every connection to the
// front, whatever host and port it is meant for, and looks at nothing that is
// sent. It serves browsers that cannot be told where a host is (RFC 1928).
func newSOCKS(t *testing.T, f *front) (addr string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			client, err := ln.Accept()
			if err != nil {
				return
			}
			go lead(client, f.addr)
		}
	}()
	return ln.Addr().String()
}

// lead serves one client. A browser that breaks off is none of a test's affair.
func lead(client net.Conn, addr string) {
	defer client.Close()
	if greet(client) != nil {
		return
	}
	server, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	defer server.Close()
	// It succeeds; the address that it is bound to interests nobody.
	if _, err := client.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0}); err != nil {
		return
	}
	go func() {
		io.Copy(client, server)
		client.Close()
	}()
	io.Copy(server, client)
}

// greet reads what a client asks for, up to the port.
func greet(client net.Conn) error {
	read := func(n byte) ([]byte, error) {
		data := make([]byte, n)
		_, err := io.ReadFull(client, data)
		return data, err
	}
	head, err := read(2) // version, number of methods
	if err != nil || head[0] != 5 {
		return io.ErrUnexpectedEOF
	}
	methods, err := read(head[1])
	if err != nil || !bytes.Contains(methods, []byte{0}) {
		return io.ErrUnexpectedEOF
	}
	if _, err := client.Write([]byte{5, 0}); err != nil { // without authentication
		return err
	}
	request, err := read(5) // version, command, reserved, type of address, its first byte
	if err != nil || request[1] != 1 {
		return io.ErrUnexpectedEOF
	}
	rest := map[byte]byte{1: 3, 3: request[4], 4: 15}[request[3]]
	_, err = read(rest + 2) // and the port
	return err
}
