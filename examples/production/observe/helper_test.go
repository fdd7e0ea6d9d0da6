package observe_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/observe"
)

const (
	app  = adaptertest.App
	evil = "https://evil.example"
)

// newPolicy has a part for everybody and one without a policy.
func newPolicy(t testing.TB, observers ...observe.Observer) *concors.Policy {
	t.Helper()
	return adaptertest.NewPolicy(t, concors.Config{
		AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"X-A"},
		Paths: map[string]concors.Config{"/public/": {AllowOrigins: []string{"*"}}, "/off/": {}},
	}, concors.WithObserver(observe.All(observers...)))
}

// get is a request as it goes over the wire, with a line for each origin.
func get(path string, origins ...string) string {
	return message("GET", path, origins)
}

func preflight(path, origin, method, headers string) string {
	return message("OPTIONS", path, []string{origin},
		"Access-Control-Request-Method: "+method, "Access-Control-Request-Headers: "+headers)
}

func message(method, path string, origins []string, lines ...string) string {
	head := []string{method + " " + path + " HTTP/1.1", "Host: api.example.com"}
	for _, o := range origins {
		head = append(head, "Origin: "+o)
	}
	return strings.Join(append(head, lines...), "\r\n") + "\r\n\r\n"
}

// send sends the requests over one connection without waiting for answers, and
// returns when all have come.
func send(t testing.TB, base string, requests ...string) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(5 * time.Minute)); err != nil {
		t.Fatal(err)
	}
	written := make(chan error, 1)
	go func() {
		_, err := io.Copy(conn, strings.NewReader(strings.Join(requests, "")))
		written <- err
	}()
	read := readAnswers(bufio.NewReader(conn), len(requests))
	if read != nil {
		conn.Close() // or the writer waits for ever
	}
	if err := errors.Join(read, <-written); err != nil {
		t.Fatal(err)
	}
}

// readAnswers counts status lines, which is quicker than to parse: no header or
// body here has a line that begins like one.
func readAnswers(from *bufio.Reader, n int) error {
	for n > 0 {
		line, err := from.ReadString('\n')
		if err != nil {
			return fmt.Errorf("%d answers before the end: %w", n, err)
		}
		if status, ok := strings.CutPrefix(line, "HTTP/1.1 "); ok {
			if n--; !slices.Contains([]string{"200", "204", "403"}, status[:3]) {
				return fmt.Errorf("%d answers before the end: %q", n, line)
			}
		}
	}
	return nil
}
