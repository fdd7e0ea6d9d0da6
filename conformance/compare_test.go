package conformance

import (
	"fmt"
	"strings"
	"testing"
)

// wanted parses the response of a case.
func wanted(t *testing.T, text string) response {
	t.Helper()
	want, err := parseResponse(section{name: "response.http", text: text + "\n\n"})
	if err != nil {
		t.Fatal(err)
	}
	return want
}

func TestCompare(t *testing.T) {
	const (
		ran  = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://a.example\nVary: Origin, Accept\nHandler-Ran: yes"
		none = "HTTP/1.1 204 No Content\nVary: Origin"
		deny = "HTTP/1.1 403 Forbidden"
	)
	acao := field{"Access-Control-Allow-Origin", "https://a.example"}
	vary, yes := field{"Vary", "origin , ACCEPT"}, field{"Handler-Ran", "yes"}
	other := field{"X-Other", "1"}
	origin, length := field{"Vary", "Origin"}, field{"Content-Length", "0"}
	for _, test := range []struct {
		want   string
		status int
		fields []field
		body   string
		says   string // "" for no difference
	}{
		{ran, 200, []field{other, yes, vary, acao}, "ok\n", ""},
		{ran, 200, []field{acao, {"Vary", "Accept"}, yes, {"vary", ", Origin,"}, {"VARY", "origin"}}, "", ""},
		{ran, 404, []field{acao, vary, yes}, "", "status 404, want 200"},
		{ran, 200, []field{vary, yes}, "", `Access-Control-Allow-Origin is absent, want "https://a.example"`},
		{ran, 200, []field{acao, acao, vary, yes}, "", `is "https://a.example" and "https://a.example", want`},
		{ran, 200, []field{{"access-control-allow-origin", acao.value}, vary, yes}, "",
			`access-control-allow-origin is "https://a.example", want none`},
		{ran, 200, []field{acao, {"Access-Control-Max-Age", "5"}, vary, yes}, "", `Max-Age is "5", want none`},
		{ran, 200, []field{acao, {"Access-Control-Allow-Private-Network", ""}, vary, yes}, "", `Network is "", want none`},
		{ran, 200, []field{acao, origin, yes}, "", `Vary names ["origin"], want ["accept" "origin"]`},
		{ran, 200, []field{acao, vary, {"Vary", "*"}, yes}, "", "Vary names"},
		{ran, 200, []field{acao, vary}, "", "the handler ran: false, want true"},
		{ran, 200, []field{acao, vary, yes, yes}, "", "Handler-Ran comes 2 times"},
		{none, 204, []field{origin, other}, "", ""},
		{none, 204, []field{origin, length}, "", `Content-Length is "0", want none in a 204`},
		{none, 204, []field{origin, yes}, "", "the handler ran: true, want false"},
		{none, 200, []field{origin, length}, "", "status 200, want 204"},
		{deny, 403, []field{length}, "", ""},
		{deny, 403, nil, "", `Content-Length is absent, want "0"`},
		{deny, 403, []field{{"Transfer-Encoding", "chunked"}}, "", `Content-Length is absent`},
		{deny, 403, []field{length, {"content-type", "text/plain"}}, "", `Content-Type is "text/plain", want none`},
		{deny, 403, []field{{"Content-Length", "2"}}, "no", `a body of 2 bytes, want none: "no"`},
		{deny, 403, []field{length, origin}, "", `Vary names ["origin"], want []`},
	} {
		got := &answer{status: test.status, fields: test.fields, body: []byte(test.body)}
		says := strings.Join(compare(wanted(t, test.want), got, false), "; ")
		if test.says == "" && says != "" || !strings.Contains(says, test.says) {
			t.Errorf("%d %q for\n%s\nsays %q, want %q", test.status, test.fields, test.want, says, test.says)
		}
	}
}

// TestCompareOwn holds what a server with routes of its own may do, and what
// not.
func TestCompareOwn(t *testing.T) {
	const (
		ran  = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nHandler-Ran: yes"
		gzip = "HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nVary: Accept-Encoding\nHandler-Ran: yes"
		none = "HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: *"
	)
	acao := field{"Access-Control-Allow-Origin", "*"}
	encoding := field{"Vary", "Accept-Encoding"}
	for _, test := range []struct {
		want   string
		status int
		fields []field
		equal  bool
	}{
		{ran, 404, []field{acao}, true},
		{ran, 200, []field{acao, encoding, {"Content-Type", "text/html"}}, true},
		{gzip, 200, []field{acao}, true},
		{ran, 200, []field{acao, {"Vary", "Accept"}}, false},
		{ran, 200, nil, false},
		{none, 204, []field{acao}, true},
		{none, 204, []field{acao, {"Handler-Ran", "yes"}}, true},
		{none, 200, []field{acao, {"Content-Length", "0"}}, false},
		{none, 204, []field{acao, encoding}, false},
		{none, 204, []field{acao, {"Content-Type", "text/html"}}, false},
	} {
		says := compare(wanted(t, test.want), &answer{status: test.status, fields: test.fields}, true)
		if (len(says) == 0) != test.equal {
			t.Errorf("%d %q for\n%s\nsays %q, want difference %t", test.status, test.fields, test.want, says, !test.equal)
		}
	}
}

func TestReport(t *testing.T) {
	e := &exchange{
		request: request{raw: "GET / HTTP/1.1\r\nX-A: \x80\t" + strings.Repeat("x", 300) + "\r\n\r\nbody"},
		want:    response{head: "HTTP/1.1 200 OK\nVary: Origin"},
	}
	got := e.report(&answer{text: "HTTP/1.1 404 Not Found", fields: []field{{"X-B", "2"}}, body: []byte("12")},
		[]string{"status 404, want 200", "Vary names [], want [\"origin\"]"})
	want := `status 404, want 200
Vary names [], want ["origin"]
asked:
    GET / HTTP/1.1
    X-A: \x80\t` + strings.Repeat("x", 193) + `…
came:
    HTTP/1.1 404 Not Found
    X-B: 2
    (a body of 2 bytes)
wanted:
    HTTP/1.1 200 OK
    Vary: Origin`
	if got != want {
		t.Errorf("report:\n%s\nwant:\n%s", got, want)
	}
}

// A server that sends thousands of lines makes no report of megabytes.
func TestReportsAreBounded(t *testing.T) {
	got := &answer{status: 200, text: "HTTP/1.1 200 OK"}
	for i := range 15_000 {
		got.fields = append(got.fields, field{fmt.Sprintf("Access-Control-X%d", i), "y"},
			field{"Access-Control-Allow-Origin", strings.Repeat("z", 1000)}, field{"Vary", fmt.Sprintf("n%d", i)})
	}
	e := &exchange{request: request{raw: strings.Repeat("X: y\r\n", 15_000) + "\r\n"}, want: response{status: 204}}
	report := e.report(got, compare(e.want, got, false))
	if len(report) > 100_000 {
		t.Errorf("the report has %d bytes", len(report))
	}
	for _, want := range []string{"status 200, want 204", "more)", "and 14970 more, want none"} {
		if !strings.Contains(report, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	if got := quotedNames(varyNames(got)); len(got) > 2100 || !strings.Contains(got, "(15000 names)") {
		t.Errorf("names are shown as %.200s, %d bytes", got, len(got))
	}
}
