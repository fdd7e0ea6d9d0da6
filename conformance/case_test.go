package conformance

import (
	"reflect"
	"strings"
	"testing"
)

// wholeCase has one file of each kind.
const wholeCase = `Preflight answers in a test.

This case has one file of each kind, so that a change of
any line shows what the reader makes of it.

-- setup.json --
{"debug": true, "originFunc": ["https://t1.example.com"], "outer": {"allowOrigins": ["*"]}}
-- policy.json --
{"allowOrigins": ["https://app.example.com"]}
-- request.http --
OPTIONS /thing?x HTTP/1.1
Host: api.example.com
Origin: https://app.example.com
X-Odd: {{repeat 3 "a,"}}\x80\t\\

-- response.http --
HTTP/1.1 204 No Content
Access-Control-Allow-Origin: https://app.example.com
Vary: Origin, Accept-Encoding

-- verdict.json --
{"omit": "allowed", "include": "blocked"}
-- decision.json --
{"reason": "allowed", "detail": "", "path": "/a/"}
-- policy.json --
{"allowOrigins": []}
-- errors.json --
["allowOrigins"]
-- request.http --
POST / HTTP/1.0
Content-Length: 6

a\x80bc
-- response.http --
HTTP/1.1 200 OK
Handler-Ran: yes

-- decision.json --
{"heard": false}
`

func ptr(s string) *string { return &s }

// wholeSteps is what wholeCase says happens.
var wholeSteps = []step{
	{ask: &exchange{
		line: 10,
		request: request{
			raw:    "OPTIONS /thing?x HTTP/1.1\r\nHost: api.example.com\r\nOrigin: https://app.example.com\r\nX-Odd: a,a,a,\x80\t\\\r\n\r\n",
			method: "OPTIONS", target: "/thing?x", origins: 1,
		},
		want: response{
			head: "HTTP/1.1 204 No Content\nAccess-Control-Allow-Origin: https://app.example.com\n" +
				"Vary: Origin, Accept-Encoding",
			status: 204,
			fields: []field{{"Access-Control-Allow-Origin", "https://app.example.com"}},
			vary:   []string{"accept-encoding", "origin"},
		},
		verdict:  &Verdict{Omit: true},
		decision: &decision{heard: true, reason: ptr("allowed"), detail: ptr(""), path: ptr("/a/")},
	}},
	{reload: &reload{line: 25, policy: []byte("{\"allowOrigins\": []}\n"), faults: []string{"allowOrigins"}}},
	{ask: &exchange{
		line: 29,
		request: request{
			raw:    "POST / HTTP/1.0\r\nContent-Length: 6\r\n\r\na\x80bc\r\n",
			method: "POST", target: "/",
		},
		want:     response{head: "HTTP/1.1 200 OK\nHandler-Ran: yes", status: 200, handlerRan: true},
		decision: &decision{},
	}},
}

func TestParseCase(t *testing.T) {
	c, err := parseCase("subject/name", wholeCase)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.title, "Preflight answers in a test."; got != want {
		t.Errorf("title = %q, want %q", got, want)
	}
	if !c.setup.debug || !reflect.DeepEqual(c.setup.originFunc, []string{"https://t1.example.com"}) ||
		string(c.setup.outer) != `{"allowOrigins": ["*"]}` {
		t.Errorf("setup = %+v", c.setup)
	}
	if got, want := string(c.policy), "{\"allowOrigins\": [\"https://app.example.com\"]}\n"; got != want {
		t.Errorf("policy = %q, want %q", got, want)
	}
	if !c.listens() {
		t.Error("listens() = false for a case with decisions")
	}
	if !reflect.DeepEqual(c.steps, wholeSteps) {
		for i := range min(len(wholeSteps), len(c.steps)) {
			t.Errorf("step %d: ask %+v, reload %+v\nwant ask %+v, reload %+v",
				i, c.steps[i].ask, c.steps[i].reload, wholeSteps[i].ask, wholeSteps[i].reload)
		}
	}
	if got := c.steps[0].ask.request.path(); got != "/thing" {
		t.Errorf("path = %q, want /thing", got)
	}
}

// faults are changes of wholeCase, and how the error about them begins.
var faults = []struct{ old, new, want string }{
	// the comment
	{"Preflight answers in a test.\n", "\n", ":1: a case begins with one sentence"},
	{"in a test.", "in a test", ":1: a case begins with one sentence"},
	{"test.\n\nThis", "test.\nThis", ":2: a blank line, then why"},
	{"This case has one file of each kind, so that a change of\n", "", ":3: why has 2 to 5 lines, not 1"},
	{"This case", "a\na\na\na\nThis case", ":3: why has 2 to 5 lines, not 6"},
	{"any line", "\nany line", ":3: why is one paragraph"},
	{"makes of it.\n\n", "makes of it.\n", ":5: no blank line between the comment"},
	{"makes of it.\n\n", "makes of it.\n\n\n", ":3: why is one paragraph"},
	// the files and their order
	{"-- decision.json --", "-- verdict.json --", ":23: verdict.json cannot stand behind verdict.json"},
	{"-- setup.json --", "-- setup.yaml --", ":6: unknown file"},
	{"-- errors.json --", "-- setup.json --", ":27: setup.json cannot stand behind policy.json"},
	{"-- errors.json --", "-- decision.json --", ":27: decision.json cannot stand behind policy.json"},
	{"-- decision.json --", "-- errors.json --", ":23: errors.json cannot stand behind verdict.json"},
	{"{\"allowOrigins\": [\"https://app.example.com\"]}\n", "{}\n-- errors.json --\n[\"a\"]\n",
		":10: the first policy of a case is valid"},
	{aRequest, "-- response.http --\nPOST", ":29: response.http cannot stand behind errors.json"},
	{"-- decision.json --\n{\"heard\": false}\n", "-- policy.json --\n{}\n", ":39: a case ends with"},
	{"-- decision.json --\n{\"heard\": false}\n", "-- request.http --\nGET / HTTP/1.0\n\n", ":40: a case ends with"},
	{"false}\n", "false}", ":39: the last line does not end"},
	{"any line", "any\tline", `:4: control character '\t'`},
	{"any line", "any\rline", `:4: control character '\r'`},
	{"any line", "any \xff line", ":4: not UTF-8"},
	// setup.json, decision.json, errors.json
	{`"debug": true`, `"Debug": true`, `:6: setup.json: "Debug": unknown key`},
	{`"debug": true`, `"debug": null`, `:6: setup.json: "debug": null`},
	{`"debug": true`, `"debug": "yes"`, `:6: setup.json: "debug": json`},
	{`"debug": true`, `"debug": true, "debug": true`, `:6: setup.json: "debug": given twice`},
	{`["https://t1.example.com"]`, `"https://t1.example.com"`, `:6: setup.json: "originFunc": json`},
	{`["*"]}}`, `["*"]}} {}`, ":6: setup.json: data follows"},
	{`{"debug"`, `[{"debug"`, ":6: setup.json: want an object"},
	{`"reason": "allowed"`, `"reason": "denied"`, `:23: decision.json: unknown reason "denied"`},
	{`"reason": "allowed"`, `"why": "allowed"`, `:23: decision.json: "why": unknown key`},
	{`{"heard": false}`, `{"heard": true}`, `:38: decision.json: "heard": want false`},
	{`{"heard": false}`, `{"heard": false, "path": ""}`, ":38: decision.json: a request that is not heard"},
	{`{"heard": false}`, `{}`, ":38: decision.json: says nothing"},
	{`["allowOrigins"]`, `[]`, ":27: errors.json: want a list"},
	{`["allowOrigins"]`, `{}`, ":27: errors.json: want a list"},
	// verdict.json
	{`"omit": "allowed"`, `"omit": "readable"`, `:21: verdict.json: "omit": "readable": want allowed or blocked`},
	{`"omit": "allowed"`, `"omit": true`, `:21: verdict.json: "omit": json`},
	{`"omit": "allowed", `, ``, `:21: verdict.json: want both`},
	{`"omit": "allowed"`, `"omits": "allowed"`, `:21: verdict.json: "omits": unknown key`},
	{"-- verdict.json --\n{\"omit\": \"allowed\", \"include\": \"blocked\"}\n", "",
		":10: a request with an Origin needs a verdict.json"},
	{"Origin: https://app.example.com\nX", "X", ":10: a request with 0 Origin lines has no verdict.json"},
	{"Origin: https://app.example.com\nX", "Origin:\norigin:\nX", ":10: a request with 2 Origin lines has no"},
	// requests
	{"\\\\\n\n--", "\\\\\n--", ":15: request.http: no blank line after the head"},
	{aRequest, "-- request.http --\n\nPOST", ":30: request.http begins with a blank line"},
	{"POST / HTTP/1.0", "POST /", ":30: request line"},
	{"POST / HTTP/1.0", "POST  / HTTP/1.0", ":30: request line"},
	{"POST / HTTP/1.0", "POST / HTTP/2.0", ":30: request line"},
	{"POST / HTTP/1.0", "PURGE / HTTP/1.0", `:30: method "PURGE"`},
	{"POST / HTTP/1.0", "POST / HTTP/1.1", ":29: want exactly one Host line"},
	{"Host: api", "Host: api.example.com\nHost: api", ":10: want exactly one Host line"},
	{"Host: api.example.com", "Host: example.com", `:12: host "example.com"`},
	{"Host: api.example.com", "Host api.example.com", ":12: \"Host api.example.com\": want a field"},
	{"X-Odd:", "X Odd:", `:14: field name "X Odd" is no token`},
	{"X-Odd:", " X-Odd:", `:14: field name " X-Odd" is no token`},
	{`\x80\t`, `\x00`, ":14: control byte 0x00"},
	{`\x80\t`, `\r`, ":14: control byte 0x0d"},
	{`\x80\t`, `\x7f`, ":14: control byte 0x7f"},
	{`\x80\t`, `\y`, ":14: request.http: bad escape"},
	{`{{repeat 3 "a,"}}`, `{{repeat "a,"}}`, ":14: request.http: want {{repeat N"},
	{`{{repeat 3 "a,"}}`, `{{repeat 0 "a,"}}`, ":14: request.http: want {{repeat N"},
	{`{{repeat 3 "a,"}}`, `{{repeat 3 ""}}`, ":14: request.http: want {{repeat N"},
	{`{{repeat 3 "a,"}}`, `{{repeat 3 "a,"`, ":14: request.http: want {{repeat N"},
	{`{{repeat 3 "a,"}}`, `{{repeat 3000000 "a,"}}`, ":14: request.http: the line becomes too long"},
	{`{{repeat 3 "a,"}}`, `{{repeat 1000000 "a"}}` + strings.Repeat("b", 100), ":10: the head has 10001"},
	{"Content-Length: 6", "Content-Length: 5", ":32: the body has 6 bytes, Content-Length says 5"},
	{"Content-Length: 6", "X-A: 6", ":32: the body has 6 bytes, Content-Length says 0"},
	{"Content-Length: 6", "Content-Length: six", `:31: content length "six"`},
	{"Content-Length: 6", "Transfer-Encoding: chunked", ":31: give a body by Content-Length"},
	{`a\x80bc`, `a\q`, ":33: bad escape"},
	// responses
	{"HTTP/1.1 204 No Content", "HTTP/1.1 204", ":17: status line"},
	{"HTTP/1.1 204 No Content", "204 No Content", ":17: status line"},
	{"HTTP/1.1 204 No Content", "HTTP/1.1 600 No Content", ":17: status line"},
	{"HTTP/1.1 204 No Content", "HTTP/1.1 204 OK", `:17: status 204 is "No Content", not "OK"`},
	{"Access-Control-Allow-Origin", "access-control-allow-origin", `:18: field "access-control-allow-origin"`},
	{"Access-Control-Allow-Origin", "Access-Control-Allow-Origins", `:18: field "Access-Control-Allow-Origins"`},
	{"Vary: Origin, Accept-Encoding", "Vary:", ":19: a Vary that names nothing"},
	{"Vary: Origin, Accept-Encoding", "Vary: Origin\nVary: ORIGIN", `:20: "origin" stands twice in Vary`},
	{"Vary: Origin, Accept-Encoding", "Content-Length: 0", `:19: field "Content-Length"`},
	{"Handler-Ran: yes", "Handler-Ran: no", ":36: want Handler-Ran: yes, once"},
	{"Handler-Ran: yes", "Handler-Ran: yes\nHandler-Ran: yes", ":37: want Handler-Ran: yes, once"},
	{"Handler-Ran: yes\n", "Handler-Ran: yes\n\n", ":38: nothing follows the blank line"},
	{"Handler-Ran: yes\n\n", "Handler-Ran: yes\n", ":37: response.http: no blank line after the head"},
}

const aRequest = "-- request.http --\nPOST"

func TestParseCaseFaults(t *testing.T) {
	for _, test := range faults {
		data := strings.Replace(wholeCase, test.old, test.new, 1)
		if data == wholeCase {
			t.Fatalf("%q changes nothing", test.old)
		}
		_, err := parseCase("subject/name", data)
		if err == nil {
			t.Errorf("%q for %q: no error, want %s", cut(test.new), test.old, test.want)
		} else if !strings.HasPrefix(err.Error(), "subject/name.txtar"+test.want) {
			t.Errorf("%q for %q: %v, want %s", cut(test.new), test.old, err, test.want)
		}
	}
	if _, err := parseCase("a/b", ""); err == nil {
		t.Error("an empty case: no error")
	}
}

func TestExpand(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{`plain "quotes" 'too'`, `plain "quotes" 'too'`},
		{`\t|\x80|\xff|\\|\u00e9|é`, "\t|\x80|\xff|\\|é|é"},
		{`{{repeat 2 "x-a,"}}`, "x-a,x-a,"},
		{`{{repeat 1 "}}"}}{{repeat 2 "\x80\t"}}.`, "}}\x80\t\x80\t."},
		{"{{repeat 3 `\\`}}", `\\\`},
		{"{ {} }}", "{ {} }}"},
	} {
		if got, err := expand(test.in); got != test.want || err != nil {
			t.Errorf("expand(%q) = %q, %v, want %q", test.in, got, err, test.want)
		}
	}
	for _, in := range []string{`\`, `\"`, `\'`, `\x8`, `{{`, `{{repeat 2 x}}`, `{{repeat -1 "x"}}`, `{{repeat 2 "x"}`} {
		if got, err := expand(in); err == nil {
			t.Errorf("expand(%q) = %q, want an error", in, got)
		}
	}
}
