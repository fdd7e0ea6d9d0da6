package demo

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// listen opens addr, and says in one line what to do where it cannot.
func listen(flag, addr string) (net.Listener, error) {
	ln, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s: another program listens on %s: stop it, or choose another port with %s host:port", flag, addr, flag)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", flag, err)
	}
	return ln, nil
}

// baseURL is where a browser on this machine reaches ln.
func baseURL(ln net.Listener) string {
	addr := ln.Addr().(*net.TCPAddr)
	host := addr.IP.String()
	if addr.IP.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(addr.Port))
}

// pageOrigin is the origin of the page that ln serves. It is localhost whatever
// address ln has: another origin than the API's 127.0.0.1, and one that browsers
// treat as secure. A page that is turned off keeps the usual development port.
func pageOrigin(ln net.Listener) string {
	if ln == nil {
		return "http://localhost:3000"
	}
	port := ln.Addr().(*net.TCPAddr).Port
	if port == 80 { // the default port is no part of an origin
		return "http://localhost"
	}
	return "http://localhost:" + strconv.Itoa(port)
}
