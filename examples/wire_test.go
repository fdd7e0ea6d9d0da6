package examples

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/examples/internal/program"
)

// answer is a response with its body.
type answer struct {
	*http.Response
	body string
}

// ask sends one request on a connection of its own, byte for byte: fields are
// lines such as "Origin: http://localhost:3000".
func ask(t *testing.T, addr, method, path string, fields ...string) answer {
	t.Helper()
	conn := dial(t, addr)
	defer conn.Close()
	return askOn(t, conn, method, path, append(fields, "Connection: close")...)
}

// dial connects until the test ends.
func dial(t *testing.T, addr string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(program.Patience)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// askOn sends one request on conn and leaves it open.
func askOn(t *testing.T, conn net.Conn, method, path string, fields ...string) answer {
	t.Helper()
	head := strings.Join(append([]string{method + " " + path + " HTTP/1.1", "Host: api.example.com"}, fields...), "\r\n")
	if _, err := fmt.Fprintf(conn, "%s\r\n\r\n", head); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer{response, string(body)}
}

// cors returns the fields that CORS is made of, a line for each field line.
func (a answer) cors() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(a.Header)) {
		if strings.HasPrefix(name, "Access-Control-") {
			for _, value := range a.Header[name] {
				out = append(out, name+": "+value)
			}
		}
	}
	return out
}

// vary returns the names in all Vary lines, sorted.
func (a answer) vary() []string {
	var names []string
	for _, line := range a.Header["Vary"] {
		for name := range strings.SplitSeq(line, ",") {
			names = append(names, http.CanonicalHeaderKey(strings.TrimSpace(name)))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
