package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	concors "github.com/concors/concors/core"
)

// A judged is a server with the handshake: it takes policies on /policy, and
// everything else goes through its middleware.
type judged struct {
	policy atomic.Pointer[concors.Policy]
	spoil  func(http.Header) // what it does wrong
}

func (s *judged) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/policy" {
		s.take(w, r)
		return
	}
	d := s.policy.Load().Decide(r.Context(), concors.NewRequest(r))
	d.Apply(w.Header())
	if s.spoil != nil {
		s.spoil(w.Header())
	}
	switch {
	case d.Preflight():
		w.WriteHeader(d.Status())
	case r.URL.Path == "/error" || r.URL.Path == "/panic":
		w.WriteHeader(http.StatusInternalServerError)
	default:
		io.WriteString(w, "hello\n")
	}
}

func (s *judged) take(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(r.Body)
	if err == nil && (r.Method != http.MethodPut || r.Header.Get("Content-Type") != "application/json") {
		err = http.ErrNotSupported
	}
	var cfg concors.Config
	if err == nil {
		cfg, err = concors.ParseConfig(data)
	}
	var policy *concors.Policy
	if err == nil {
		policy, err = concors.NewPolicy(cfg)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	policy.SetDebug(r.URL.Query().Get("debug") == "true")
	s.policy.Store(policy)
	w.WriteHeader(http.StatusNoContent)
}

// play runs the command and returns what it printed.
func play(args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	code = run(args, &out, &errs)
	return code, out.String(), errs.String()
}

func TestPlay(t *testing.T) {
	plain := httptest.NewServer(new(judged))
	defer plain.Close()
	code, stdout, stderr := play("-server", plain.URL, "-control", plain.URL+"/policy")
	if code != 0 || stderr != "" || !regexp.MustCompile(`^played [0-9]{3} cases, 0 failed\n$`).MatchString(stdout) {
		t.Errorf("a right server: exit %d\n%s%s", code, stdout, stderr)
	}
	code, stdout, _ = play("-v", "-run", "^preflight/answers-with-every", "-server", plain.URL+"/", "-control", plain.URL+"/policy?x=y")
	if want := "ok   preflight/answers-with-every-allowed-method\n"; code != 0 || !strings.Contains(stdout, want) {
		t.Errorf("-v: exit %d, %q, want %q", code, stdout, want)
	}
}

func TestPlayOverTLS(t *testing.T) {
	server := httptest.NewTLSServer(new(judged))
	defer server.Close()
	args := []string{"-run", "^actual/", "-server", server.URL, "-control", server.URL + "/policy"}
	if code, stdout, stderr := play(append(args, "-insecure")...); code != 0 {
		t.Errorf("-insecure: exit %d\n%s%s", code, stdout, stderr)
	}
	if code, _, stderr := play(args...); code != 2 || !strings.Contains(stderr, "certificate") {
		t.Errorf("an unknown certificate: exit %d, %q", code, stderr)
	}
}

func TestPlayFindsFaults(t *testing.T) {
	server := httptest.NewServer(&judged{spoil: func(h http.Header) { h.Del("Vary") }})
	defer server.Close()
	code, stdout, _ := play("-server", server.URL, "-control", server.URL+"/policy")
	for _, want := range []string{`Vary names [], want ["origin"]`, "asked:\n", "FAIL vary/", " failed\n"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("a server without Vary: %q is not said", want)
		}
	}
	if code != 1 {
		t.Errorf("a server without Vary: exit %d, want 1", code)
	}
}

func TestPlayCannotBegin(t *testing.T) {
	server := httptest.NewServer(http.RedirectHandler("/elsewhere", http.StatusTemporaryRedirect))
	defer server.Close()
	const ok = "http://127.0.0.1:80"
	for _, test := range []struct {
		args []string
		says string
	}{
		{nil, `-server: "" is no URL`},
		{[]string{"-server", "127.0.0.1:80", "-control", ok}, "-server"},
		{[]string{"-server", "ftp://127.0.0.1", "-control", ok}, "is no URL"},
		{[]string{"-server", ok + "/api", "-control", ok}, "bring their own paths"},
		{[]string{"-server", ok, "-control", "/policy"}, `-control: "/policy" is no URL`},
		{[]string{"-server", ok, "-control", ok, "-run", "("}, "-run: error parsing"},
		{[]string{"-server", ok, "-control", ok, "more"}, `unexpected argument "more"`},
		{[]string{"-unknown"}, "flag provided but not defined"},
		{[]string{"-server", ok, "-control", server.URL}, "status 307 Temporary Redirect"},
		{[]string{"-server", ok, "-control", server.URL, "-run", "no-such-case"}, "matches no case"},
	} {
		if code, _, stderr := play(test.args...); code != 2 || !strings.Contains(stderr, test.says) {
			t.Errorf("%q: exit %d, %q, want 2 and %q", test.args, code, stderr, test.says)
		}
	}
	if code, _, stderr := play("-h"); code != 0 || !strings.Contains(stderr, "-control") {
		t.Errorf("-h: exit %d, %q", code, stderr)
	}
}

// What a server says of itself must not steer the terminal.
func TestPlayQuotesTheServer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		io.WriteString(conn, "HTTP/1.1 500 \x1b[31mred"+strings.Repeat("x", 3000)+"\r\nContent-Length: 8\r\n\r\n\x1b]0;title")
	}))
	defer server.Close()
	code, stdout, stderr := play("-server", server.URL, "-control", server.URL+"/policy")
	if code != 2 || !strings.Contains(stderr, "status 500 Internal Server Error") {
		t.Errorf("exit %d, %q, want 2 and the status", code, stderr)
	}
	if strings.Contains(stdout+stderr, "\x1b") || len(stderr) > 1000 {
		t.Errorf("the server's own words come through: %d bytes, %.300q", len(stderr), stderr)
	}
}
