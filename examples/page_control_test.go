package examples

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// exchange is what the page is told of one request.
type exchange struct {
	Request, Answer head
	About           struct {
		Preflight, Allowed   bool
		Reason, Detail, Text string
	}
}

type head struct {
	Start  string
	Fields []struct{ Name, Value string }
}

// header returns the fields as net/http has them: it keeps Connection apart.
func (h head) header() http.Header {
	header := http.Header{}
	for _, f := range h.Fields {
		header.Add(f.Name, f.Value)
	}
	header.Del("Connection")
	return header
}

// control asks as the page does, and returns the body.
func control(t *testing.T, addr, method, path, body string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+addr+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 {
		t.Fatalf("%s %s: status %d, %v\n%s", method, path, response.StatusCode, err, data)
	}
	return string(data)
}

func TestPageEditsThePolicy(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		p := start(t, name, "-page", "127.0.0.1:0")
		origin := p.Printed(t, "Page on ")
		page := pageAddr(t, origin)
		control(t, page, "PUT", "/policy", `{"allowOrigins": ["https://one.example"]}`)
		allowsOnly(t, p.Addr(t), "https://one.example")
		control(t, page, "DELETE", "/policy", "")
		allowsOnly(t, p.Addr(t), origin)
	})
}

// What is recorded is what the client got, whatever the router, and the engine's
// words are those of the answer.
func TestPageSeesTheWire(t *testing.T) {
	tests := []struct {
		method, path string
		fields       []string
		reason       string
		answers      bool // by the policy
	}{
		{"GET", "/hello", []string{"PAGE"}, "allowed", false},
		{"GET", "/panic", []string{"PAGE"}, "allowed", false},
		{"GET", "/hello", []string{"Origin: https://other.example"}, "origin-not-allowed", false},
		{"GET", "/hello", nil, "no-origin", false},
		{"OPTIONS", "/hello", []string{"PAGE", "Access-Control-Request-Method: PUT"}, "allowed", true},
		{"OPTIONS", "/hello", []string{"PAGE", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-not-allowed"}, "header-not-allowed", true},
		{"OPTIONS", "/hello", []string{"PAGE", "Access-Control-Request-Method: PURGE"}, "method-not-allowed", true},
	}
	each(t, func(t *testing.T, name string) {
		p := start(t, name, "-page", "127.0.0.1:0")
		origin := p.Printed(t, "Page on ")
		for i, test := range tests {
			var fields []string
			for _, f := range test.fields {
				fields = append(fields, strings.Replace(f, "PAGE", "Origin: "+origin, 1))
			}
			target := fmt.Sprintf("%s?demo=wire.%d", test.path, i)
			a := ask(t, p.Addr(t), test.method, target, fields...)
			var got []exchange
			if err := json.Unmarshal([]byte(control(t, pageAddr(t, origin), "GET", fmt.Sprintf("/exchanges?id=wire.%d", i), "")), &got); err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 {
				t.Fatalf("%s: %d exchanges are recorded", target, len(got))
			}
			e := got[0]
			if e.Request.Start != test.method+" "+target+" HTTP/1.1" || len(e.Request.Fields) != len(fields)+2 {
				t.Errorf("%s: recorded is the request %+v", target, e.Request)
			}
			if want := a.Proto + " " + a.Status; e.Answer.Start != want || !reflect.DeepEqual(e.Answer.header(), a.Header) {
				t.Errorf("%s: recorded is the answer %+v, want %s %v", target, e.Answer, want, a.Header)
			}
			if e.About.Reason != test.reason || e.About.Preflight != test.answers {
				t.Errorf("%s: explained is %+v, want %s", target, e.About, test.reason)
			}
			if status := fmt.Sprintf("answer: %d\n", a.StatusCode); test.answers != strings.Contains(e.About.Text, status) {
				t.Errorf("%s: the explanation of status %d is %s", target, a.StatusCode, e.About.Text)
			}
		}
	})
}
