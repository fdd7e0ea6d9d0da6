package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// played is one side of a connection: in is what the client sends, piece by
// piece, out what the server has answered.
type played struct {
	net.Conn
	in  *bytes.Reader
	out bytes.Buffer
}

func (p *played) Read(b []byte) (int, error)  { return p.in.Read(b) }
func (p *played) Write(b []byte) (int, error) { return p.out.Write(b) }

// talk has a client say lines and a server answer, in turns: "> " begins what
// the client sends, "< " what the server does. Each byte comes by itself where
// slow is set.
func talk(t *testing.T, r *Recorder, slow bool, turns ...string) {
	t.Helper()
	p := &played{}
	c := &conn{Conn: p, recorder: r}
	for _, turn := range turns {
		said := []byte(turn[2:])
		if turn[0] == '<' {
			p.out.Reset()
			size := len(said)
			if slow {
				size = 1
			}
			for rest := said; len(rest) > 0; rest = rest[min(size, len(rest)):] {
				if n, err := c.Write(rest[:min(size, len(rest))]); n == 0 || err != nil {
					t.Fatal(n, err)
				}
			}
			if p.out.String() != string(said) {
				t.Errorf("the client gets %q, want %q", p.out.String(), said)
			}
			continue
		}
		p.in = bytes.NewReader(said)
		var reader = iotest.DataErrReader(c)
		if slow {
			reader = iotest.OneByteReader(c)
		}
		var got bytes.Buffer
		if _, err := got.ReadFrom(reader); err != nil || got.String() != string(said) {
			t.Errorf("the server gets %q, %v, want %q", got.String(), err, said)
		}
	}
}

func newRecorder() *Recorder {
	return NewRecorder(func(r *http.Request) json.RawMessage {
		return json.RawMessage(fmt.Sprintf("%q", r.Method))
	})
}

// starts are the start lines that were recorded under id.
func starts(r *Recorder, id string) []string {
	var out []string
	for _, e := range r.Exchanges(id) {
		line := e.Request.Start + " -> none"
		if e.Answer != nil {
			line = e.Request.Start + " -> " + e.Answer.Start
		}
		out = append(out, line)
	}
	return out
}

const okay = "< HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

func get(id string) string { return "> GET /?demo=" + id + " HTTP/1.1\r\nHost: a.test\r\n\r\n" }

func TestRecorded(t *testing.T) {
	inBody := "GET /?demo=a HTTP/1.1\r\nHost: b.test\r\n\r\n"
	tests := []struct {
		name  string
		turns []string
		want  []string
	}{
		{"one", []string{get("a"), okay}, []string{"GET /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK"}},
		{"no answer yet", []string{get("a")}, []string{"GET /?demo=a HTTP/1.1 -> none"}},
		{"two, and one of another page between", []string{get("a"), okay, get("b"), okay, get("a"), okay},
			[]string{"GET /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK", "GET /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK"}},
		{"no identifier", []string{"> GET / HTTP/1.1\r\nHost: a.test\r\n\r\n", okay, get("a"), okay},
			[]string{"GET /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK"}},
		{"a body that looks like a request",
			[]string{fmt.Sprintf("> PUT /?demo=a HTTP/1.1\r\nHost: a.test\r\nContent-Length: %d\r\n\r\n%s", len(inBody), inBody), okay, get("a"), okay},
			[]string{"PUT /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK", "GET /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK"}},
		{"an answer before the end of the body",
			[]string{fmt.Sprintf("> PUT /?demo=a HTTP/1.1\r\nHost: a.test\r\nContent-Length: %d\r\n\r\n", len(inBody)), okay, "> " + inBody, get("a"), okay},
			[]string{"PUT /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK", "GET /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK"}},
		{"an answer whose body looks like one", []string{get("a"), "< HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 500 Never\r\n\r\n", get("a"), okay},
			[]string{"GET /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK", "GET /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK"}},
		{"interim answers", []string{get("a"), "< HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n"},
			[]string{"GET /?demo=a HTTP/1.1 -> HTTP/1.1 404 Not Found"}},
		{"nothing behind a switch", []string{get("a"), "< HTTP/1.1 101 Switching Protocols\r\n\r\n", get("a"), okay},
			[]string{"GET /?demo=a HTTP/1.1 -> HTTP/1.1 101 Switching Protocols"}},
		{"nothing behind a chunked request",
			[]string{"> PUT /?demo=a HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n" + "29\r\n" + inBody + "\r\n0\r\n\r\n", okay, get("a"), okay},
			[]string{"PUT /?demo=a HTTP/1.1 -> HTTP/1.1 200 OK"}},
		{"nothing behind one out of turn", []string{get("a"), get("a"), okay, okay, get("a"), okay}, []string{"GET /?demo=a HTTP/1.1 -> none"}},
		{"no request", []string{"> \x16\x03\x01 hello\r\n\r\n", okay, get("a"), okay}, nil},
		{"a head whose lines end otherwise", []string{"> GET /?demo=a HTTP/1.1\nHost: a.test\n\n", okay, get("a"), okay}, nil},
		{"no answer", []string{get("a"), "< SSH-2.0\r\n\r\n", okay, get("a"), okay}, []string{"GET /?demo=a HTTP/1.1 -> none"}},
		{"a head that is too long, in two pieces",
			[]string{"> GET /?demo=a HTTP/1.1\r\nX: ", "> " + strings.Repeat("x", maxHead-20) + "\r\n\r\n", okay, get("a"), okay}, nil},
		{"a head without end", []string{"> GET /?demo=a HTTP/1.1\r\nX: " + strings.Repeat("x", 2*maxHead) + "\r\n\r\n", okay, get("a"), okay}, nil},
	}
	for _, test := range tests {
		for _, slow := range []bool{false, true} {
			r := newRecorder()
			talk(t, r, slow, test.turns...)
			if got := starts(r, "a"); !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s, slow %t: recorded is %q, want %q", test.name, slow, got, test.want)
			}
		}
	}
}

// Fields are shown as they went over the wire: spelling, order and repetition.
func TestFieldsAsSent(t *testing.T) {
	r := newRecorder()
	talk(t, r, false,
		"> OPTIONS /?x=1&demo=a HTTP/1.1\r\nhost: a.test\r\nX-b: 1\r\nx-B:  2 \r\n\r\n",
		"< HTTP/1.1 204 No Content\r\nVary: Origin\r\nvary: Accept\r\nX-Empty:\r\n\r\n")
	want := []Exchange{{
		Request: Head{"OPTIONS /?x=1&demo=a HTTP/1.1", []Field{{"host", "a.test"}, {"X-b", "1"}, {"x-B", "2"}}},
		Answer:  &Head{"HTTP/1.1 204 No Content", []Field{{"Vary", "Origin"}, {"vary", "Accept"}, {"X-Empty", ""}}},
		About:   json.RawMessage(`"OPTIONS"`),
	}}
	if got := r.Exchanges("a"); !reflect.DeepEqual(got, want) {
		t.Errorf("recorded is %+v, want %+v", got, want)
	}
}

func TestIdentifiers(t *testing.T) {
	tests := []struct {
		id   string
		want bool
	}{
		{"1795889596091-3ahwavvto7m.9", true}, {"A", true}, {strings.Repeat("a", 64), true},
		{"", false}, {strings.Repeat("a", 65), false}, {"a b", false}, {"<b>", false}, {"a/b", false}, {"@", false}, {"[", false}, {"{", false}, {"ä", false},
	}
	for _, test := range tests {
		if got := IsID(test.id); got != test.want {
			t.Errorf("IsID(%q) = %t", test.id, got)
		}
	}
}
