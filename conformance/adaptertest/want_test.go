package adaptertest

import (
	"net/http"
	"testing"
)

func TestWantsOfAnAnswer(t *testing.T) {
	const origin, vary = "Access-Control-Allow-Origin", "Vary"
	for _, test := range []struct {
		name       string
		status     int
		fields     http.Header
		readable   bool
		unreadable bool
	}{
		{"allowed", 200, http.Header{origin: {App}, vary: {"Origin"}}, true, false},
		{"allowed, Vary in lines and lists", 200, http.Header{origin: {App}, vary: {"Accept", "a , origin"}}, true, false},
		{"another status", 204, http.Header{origin: {App}, vary: {"Origin"}}, false, false},
		{"another origin", 200, http.Header{origin: {"null"}, vary: {"Origin"}}, false, false},
		{"any origin", 200, http.Header{origin: {"*"}, vary: {"Origin"}}, false, false},
		{"two origins", 200, http.Header{origin: {App, App}, vary: {"Origin"}}, false, false},
		{"no Vary", 200, http.Header{origin: {App}}, false, false},
		{"another Vary", 200, http.Header{origin: {App}, vary: {"X-Origin"}}, false, false},
		{"denied", 200, http.Header{vary: {"Origin"}}, false, true},
		{"denied, another status", 404, http.Header{vary: {"Origin"}}, false, false},
		{"a stray field", 200, http.Header{"Access-Control-Max-Age": {"1"}}, false, false},
	} {
		res := &http.Response{StatusCode: test.status, Header: test.fields}
		readable, unreadable := &failures{TB: t}, &failures{TB: t}
		WantReadable(readable, test.name, res, 200)
		WantUnreadable(unreadable, test.name, res, 200)
		if got := len(readable.heard) == 0; got != test.readable {
			t.Errorf("WantReadable, %s: %t, want %t", test.name, got, test.readable)
		}
		if got := len(unreadable.heard) == 0; got != test.unreadable {
			t.Errorf("WantUnreadable, %s: %t, want %t", test.name, got, test.unreadable)
		}
	}
}

func TestWantPanic(t *testing.T) {
	for _, test := range []struct {
		name string
		f    func()
		want string
	}{
		{"the panic asked for", func() { panic("needs a policy") }, ""},
		{"another panic", func() { panic("index out of range") }, "index out of range"},
		{"none", func() {}, "want a message"},
	} {
		got := &failures{TB: t}
		WantPanic(got, test.name, "policy", test.f)
		got.want(t, test.name, test.want)
	}
}
