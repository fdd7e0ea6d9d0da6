package shadow_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

func get(path, origin string) string {
	return "GET " + path + " HTTP/1.1\r\nHost: api.example.com\r\nOrigin: " + origin + "\r\n\r\n"
}

func preflight(path, origin, method, headers string) string {
	return "OPTIONS " + path + " HTTP/1.1\r\nHost: api.example.com\r\nOrigin: " + origin +
		"\r\nAccess-Control-Request-Method: " + method + "\r\nAccess-Control-Request-Headers: " + headers + "\r\n\r\n"
}

// send returns the answer as it came over the wire, but for its date.
func send(t *testing.T, base, message string) string {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, message); err != nil {
		t.Fatal(err)
	}
	var wire bytes.Buffer
	res, err := http.ReadResponse(bufio.NewReader(io.TeeReader(conn, &wire)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	return strings.Replace(wire.String(), "Date: "+res.Header.Get("Date")+"\r\n", "", 1)
}

// lines is a log that a test reads.
type lines struct {
	mu      sync.Mutex
	written bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written.Write(p)
}

// take returns what was logged since the last time: both reasons, and the
// request.
func (l *lines) take(t *testing.T) []string {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []string
	for decoder := json.NewDecoder(&l.written); ; {
		var line struct {
			InForce   string `json:"in_force"`
			Candidate string `json:"candidate"`
			Origin    string `json:"origin"`
			Method    string `json:"method"`
			Path      string `json:"path"`
		}
		switch err := decoder.Decode(&line); err {
		case nil:
			all = append(all, fmt.Sprint(line.InForce, " ", line.Candidate, " ", line.Origin, " ", line.Method, " ", line.Path))
		case io.EOF:
			return all
		default:
			t.Fatal(err)
		}
	}
}

// counters returns them by "in_force candidate path".
func counters(t *testing.T, from prometheus.Gatherer) map[string]float64 {
	t.Helper()
	families, err := from.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counted := map[string]float64{}
	for _, m := range families[0].GetMetric() {
		labels := map[string]string{}
		for _, l := range m.GetLabel() {
			labels[l.GetName()] = l.GetValue()
		}
		counted[labels["in_force"]+" "+labels["candidate"]+" "+labels["path"]] = m.GetCounter().GetValue()
	}
	return counted
}
