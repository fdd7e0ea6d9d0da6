package demo

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/internal/demo/wire"
)

// site is the page of an example that is not started.
type site struct {
	*program
	site http.Handler
	port string
}

func newSite(t *testing.T, s settings) site {
	t.Helper()
	s.addr, s.page = "127.0.0.1:0", "127.0.0.1:0"
	p, err := newProgram("none", s, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	recorder := wire.NewRecorder(func(r *http.Request) json.RawMessage { return explain(p.policy, r) })
	return site{p, p.pageHandler(recorder), strconv.Itoa(p.page.Addr().(*net.TCPAddr).Port)}
}

// ask asks as the page itself does, which change may alter.
func (s site) ask(method, target, body string, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host, r.RemoteAddr = "localhost:"+s.port, "127.0.0.1:50000"
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	s.site.ServeHTTP(w, r)
	return w
}

// state is the policy as the page is told of it.
func (s site) state(t *testing.T) policyState {
	t.Helper()
	return decoded[policyState](t, s.ask("GET", "/policy", "", nil), 200)
}

// decoded reads an answer that must have the status.
func decoded[T any](t *testing.T, w *httptest.ResponseRecorder, status int) (value T) {
	t.Helper()
	if w.Code != status || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("status %d, type %q, want %d and JSON\n%s", w.Code, w.Header().Get("Content-Type"), status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

const edited = `{"allowOrigins": ["https://app.example.com"], "maxAge": 5}`

func TestPolicyIsEditedAndReset(t *testing.T) {
	s := newSite(t, settings{})
	start := s.state(t)
	if !start.Start || start.File != "" || start.Fingerprint != s.policy.Fingerprint() {
		t.Errorf("the page is told %+v", start)
	}
	if cfg, err := concors.ParseConfig(start.Policy); err != nil || !slices.Equal(cfg.AllowOrigins, []string{"http://localhost:" + s.port}) {
		t.Errorf("the page is told %s, %v", start.Policy, err)
	}
	got := decoded[policyState](t, s.ask("PUT", "/policy", edited, nil), 200)
	if want := `{"allowOrigins":["https://app.example.com"],"maxAge":5}`; string(got.Policy) != want || got.Start || got.Fingerprint == start.Fingerprint {
		t.Errorf("after the edit the page is told %+v", got)
	}
	if cfg := s.policy.Config(); cfg.MaxAge != 5 {
		t.Errorf("in force is %+v", cfg)
	}
	got = decoded[policyState](t, s.ask("DELETE", "/policy", "", nil), 200)
	if string(got.Policy) != string(start.Policy) || !got.Start || got.Fingerprint != start.Fingerprint {
		t.Errorf("after the reset the page is told %+v, want %+v", got, start)
	}
}

func TestFaultyEditChangesNothing(t *testing.T) {
	s := newSite(t, settings{})
	before := s.state(t)
	tests := []struct {
		body   string
		status int
		faults []string // how each begins
	}{
		{`{"allowOrigins": ["app.example.com", "https://a.example/"], "maxAge": 100000}`, 422,
			[]string{`concors: allowOrigins[0]: "app.example.com" `, `concors: allowOrigins[1]: "https://a.example/" `, "concors: maxAge: "}},
		{"{\n \"allowOrigin\": [],\n \"maxAge\": \"1\"}", 422, []string{"concors: line 2, column 2: ", "concors: line 3, column 12: "}},
		{"", 422, []string{"concors: "}},
		{"{}", 422, []string{"concors: "}},
		{strings.Repeat(" ", maxPolicy) + edited, 413, []string{"a policy from the page may have 65536 bytes at most"}},
	}
	for _, test := range tests {
		got := decoded[struct{ Faults []string }](t, s.ask("PUT", "/policy", test.body, nil), test.status)
		if !slices.EqualFunc(got.Faults, test.faults, strings.HasPrefix) {
			t.Errorf("%.80s: faults %q, want such that begin with %q", test.body, got.Faults, test.faults)
		}
		if after := s.state(t); after.Fingerprint != before.Fingerprint || !after.Start {
			t.Errorf("%.80s: in force is %+v", test.body, after)
		}
	}
}

// The file is the start policy: edits do not touch it, a reload puts it in
// force over them, and a reset brings back what was read last.
func TestEditsAndTheFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "policy.json")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const first, second = `{"allowOrigins":["https://one.example"]}`, `{"allowOrigins":["https://two.example"]}`
	write(first)
	s := newSite(t, settings{policy: file})
	expect := func(when, policy string, start bool) {
		t.Helper()
		if got := s.state(t); string(got.Policy) != policy || got.Start != start || got.File != file {
			t.Errorf("%s: %s of %s, start %t, want %s, %t", when, got.Policy, got.File, got.Start, policy, start)
		}
	}
	expect("at first", first, true)
	s.ask("PUT", "/policy", edited, nil)
	if data, err := os.ReadFile(file); err != nil || string(data) != first {
		t.Errorf("after an edit the file has %s, %v", data, err)
	}
	write(second)
	s.ask("DELETE", "/policy", "", nil)
	expect("reset before the reload", first, true)
	s.ask("PUT", "/policy", edited, nil)
	s.reload()
	expect("reload over an edit", second, true)
	s.ask("PUT", "/policy", edited, nil)
	write("{")
	s.reload()
	expect("reload of a faulty file", `{"allowOrigins":["https://app.example.com"],"maxAge":5}`, false)
	s.ask("DELETE", "/policy", "", nil)
	expect("reset behind it", second, true)
}

func TestLongPolicyIsNotSent(t *testing.T) {
	file := filepath.Join(t.TempDir(), "policy.json")
	origins, err := json.Marshal(slices.Collect(func(yield func(string) bool) {
		for i := 0; i < 4000 && yield("https://app"+strconv.Itoa(i)+".example.com"); i++ {
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(`{"allowOrigins":`+string(origins)+`}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := newSite(t, settings{policy: file}).state(t); string(got.Policy) != "null" || !got.Start {
		t.Errorf("the page is told %d bytes", len(got.Policy))
	}
}

// Whoever edits while others do gets the policy of that edit, not of theirs.
func TestEditAnswersForItself(t *testing.T) {
	s := newSite(t, settings{})
	var all sync.WaitGroup
	for i := range 4 {
		want := `{"allowOrigins":["https://app` + strconv.Itoa(i) + `.example.com"]}`
		all.Go(func() {
			for range 200 {
				var got policyState
				if err := json.Unmarshal(s.ask("PUT", "/policy", want, nil).Body.Bytes(), &got); err != nil || string(got.Policy) != want {
					t.Errorf("the page puts %s and is told %s, %v", want, got.Policy, err)
					return
				}
			}
		})
	}
	all.Wait()
}

// Whoever reads meanwhile gets a policy with its own fingerprint.
func TestConcurrentEdits(t *testing.T) {
	s := newSite(t, settings{})
	prints := map[string]string{} // by policy
	for _, change := range []func() *httptest.ResponseRecorder{
		func() *httptest.ResponseRecorder { return s.ask("PUT", "/policy", edited, nil) },
		func() *httptest.ResponseRecorder { return s.ask("DELETE", "/policy", "", nil) },
	} {
		got := decoded[policyState](t, change(), 200)
		prints[string(got.Policy)] = got.Fingerprint
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 25 {
				s.ask("PUT", "/policy", edited, nil)
				s.ask("DELETE", "/policy", "", nil)
			}
		})
		all.Go(func() {
			for range 50 {
				var got policyState
				if err := json.Unmarshal(s.ask("GET", "/policy", "", nil).Body.Bytes(), &got); err != nil || prints[string(got.Policy)] != got.Fingerprint {
					t.Errorf("the page is told %+v, %v", got, err)
				}
				s.ask("GET", "/exchanges?id=a", "", nil)
			}
		})
	}
	all.Wait()
}
