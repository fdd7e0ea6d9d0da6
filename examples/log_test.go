package examples

import (
	"strings"
	"syscall"
	"testing"
)

func TestEachDecisionIsOneLine(t *testing.T) {
	tests := []struct {
		method, path string
		fields       []string
		line         string
	}{
		{"GET", "/hello", []string{fromPage}, `msg=cors reason=allowed detail="" method=GET path=/hello`},
		{"GET", "/error", []string{"Origin: https://other.example"},
			"msg=cors reason=origin-not-allowed detail=https://other.example method=GET path=/error"},
		{"OPTIONS", "/hello", []string{fromPage, "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: baggage,x-demo"},
			"msg=cors reason=header-not-allowed detail=baggage method=OPTIONS path=/hello"},
		{"GET", "/a%0Amsg=forged", []string{fromPage}, `msg=cors reason=allowed detail="" method=GET path="/a\nmsg=forged"`},
	}
	each(t, func(t *testing.T, name string) {
		p := start(t, name)
		addr := p.Addr(t)
		ask(t, addr, "GET", "/hello") // no page asks: nothing is decided
		for _, test := range tests {
			ask(t, addr, test.method, test.path, test.fields...)
		}
		var got []string
		for _, test := range tests {
			p.Stderr.Wait(t, 0, test.line)
		}
		for _, line := range p.Stderr.From(0) {
			if strings.Contains(line, "msg=cors ") {
				got = append(got, line)
			}
		}
		if len(got) != len(tests) {
			t.Fatalf("%d decisions are logged, want %d: %q", len(got), len(tests), got)
		}
		for i, test := range tests {
			if !strings.HasSuffix(got[i], test.line) {
				t.Errorf("decision %d is logged as %q, want %q", i, got[i], test.line)
			}
		}
	})
}

// What a client sends must not drive the terminal that shows the log, whoever
// writes the line: Concors, an access logger or a recovery.
func TestLogIsSafeToShow(t *testing.T) {
	// An escape sequence, its one-character form, a right-to-left override and a
	// carriage return. Magenta is a colour that gin's recovery does not use.
	unsafe := []string{"\x1b[35m", "\u009b35m", "\u202e", "\r"}
	paths := []string{
		"/encoded%1B[35m%C2%9B35m%E2%80%AE%0D",
		"/hello/\u009b35m\u202e",
		"/hello/\x1b[35m", // net/http refuses it by itself
		"/hello?q=\u009b35m\u202e",
		"/error?q=\u009b35m\u202e",
		"/panic?q=\u009b35m\u202e",
	}
	each(t, func(t *testing.T, name string) {
		p := start(t, name)
		for _, path := range paths {
			ask(t, p.Addr(t), "GET", path, fromPage, "User-Agent: \u009b35m", "Referer: \u009b35m",
				"X-Forwarded-For: \u009b35m", "X-Request-Id: \u009b35m")
		}
		if code := p.Stop(t, syscall.SIGTERM); code != 0 { // all lines are written now
			t.Errorf("exit code %d, want 0", code)
		}
		for _, line := range append(p.Stdout.From(0), p.Stderr.From(0)...) {
			for _, s := range unsafe {
				if strings.Contains(line, s) {
					t.Errorf("%q has %q as the client sent it", line, s)
				}
			}
		}
	})
}
