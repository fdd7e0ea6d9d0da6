package examples

import (
	"strings"
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
		addr := p.addr(t)
		ask(t, addr, "GET", "/hello") // no page asks: nothing is decided
		for _, test := range tests {
			ask(t, addr, test.method, test.path, test.fields...)
		}
		var got []string
		for _, test := range tests {
			p.stderr.wait(t, p, 0, test.line)
		}
		for _, line := range p.stderr.from(0) {
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
