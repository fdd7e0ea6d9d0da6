package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/concors/concors/conformance/browser"
)

// A program is the server while it runs, and what it logs.
type program struct {
	t    *testing.T
	logs *bufio.Scanner
}

func start(t *testing.T, policy string) program {
	t.Helper()
	reader, writer := io.Pipe()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"-policy", policy, "-listen", "127.0.0.1:0", "-admin", "127.0.0.1:0"}, slog.New(slog.NewJSONHandler(writer, nil)))
		writer.Close()
		ended <- err
	}()
	p := program{t, bufio.NewScanner(reader)}
	t.Cleanup(func() {
		stop()
		io.Copy(io.Discard, reader)
		if err := <-ended; err != nil {
			t.Errorf("stopped: %v", err)
		}
	})
	return p
}

// logged returns the next line that is logged with that message.
func (p program) logged(message string) map[string]any {
	p.t.Helper()
	for p.logs.Scan() {
		var line map[string]any
		if err := json.Unmarshal(p.logs.Bytes(), &line); err != nil {
			p.t.Fatal(err)
		}
		if line["msg"] == message {
			return line
		}
	}
	p.t.Fatalf("never logged %q: %v", message, p.logs.Err())
	return nil
}

// TestServer changes the policy of the program for the better and for the worse,
// and asks it as a page and as an operator would.
func TestServer(t *testing.T) {
	policy := filepath.Join(t.TempDir(), "policy.yaml")
	replace(t, policy, "allowOrigins: [https://one.example.com]\n")
	p := start(t, policy)
	first := p.logged("policy in force")["fingerprint"]
	bases := make(map[any]string)
	for range 2 {
		line := p.logged("listening")
		bases[line["server"]] = "http://" + line["address"].(string)
	}
	reads(t, bases["api"], "https://one.example.com", true)
	reads(t, bases["api"], "https://two.example.com", false)
	if got := report(t, bases["admin"]); got.Fingerprint != first || got.Faults != nil {
		t.Errorf("/policy: %+v, want the fingerprint %v and no faults", got, first)
	}

	replace(t, policy, "allowOrigins: [https://two.example.com]\n")
	second := p.logged("policy in force")["fingerprint"]
	reads(t, bases["api"], "https://one.example.com", false)
	reads(t, bases["api"], "https://two.example.com", true)

	replace(t, policy, "allowOrigins: ['*']\nallowHeader: [x]\nmaxage: 1\n")
	p.logged("policy file refused, the old policy stays in force")
	reads(t, bases["api"], "https://two.example.com", true)
	if got := report(t, bases["admin"]); got.Fingerprint != second || second == first || len(got.Faults) != 2 {
		t.Errorf("/policy: %+v, want the fingerprint %v and two faults", got, second)
	}
	text, err := io.ReadAll(get(t, bases["admin"]+"/explain?origin=https://two.example.com:8443").Body)
	if err != nil || !strings.Contains(string(text), `allowOrigins[0] "https://two.example.com" has another port`) {
		t.Errorf("/explain: %v, not by the policy in force:\n%s", err, text)
	}
	pagesAreRefused(t, bases["admin"])
	for _, inside := range []string{"/policy", "/explain"} {
		if status := get(t, bases["api"]+inside).StatusCode; status != http.StatusNotFound {
			t.Errorf("%s on the public port: %d, want 404", inside, status)
		}
	}
}

// pagesAreRefused asks the admin port as a page does that had its own name point
// there, and as one that embeds it.
func pagesAreRefused(t *testing.T, admin string) {
	t.Helper()
	for _, path := range []string{"/policy", "/explain"} {
		for _, page := range []struct{ host, site string }{{"rebound.example:8081", "same-origin"}, {"", "cross-site"}} {
			r, err := http.NewRequestWithContext(t.Context(), "GET", admin+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = page.host
			r.Header.Set("Sec-Fetch-Site", page.site)
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s for a page, %+v: %d, want 403", path, page, res.StatusCode)
			}
		}
	}
}

// TestRefusesToStart shows that no part is left behind when another cannot run.
func TestRefusesToStart(t *testing.T) {
	policy := filepath.Join(t.TempDir(), "policy.json")
	log := slog.New(slog.DiscardHandler)
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	if err := run(ctx, []string{"-policy", policy}, log); err == nil {
		t.Error("without a policy file: no error")
	}
	replace(t, policy, `{"allowOrigins": ["https://one.example.com"]}`)
	err := run(ctx, []string{"-policy", policy, "-listen", "127.0.0.1:0", "-admin", "no address"}, log)
	if err == nil || !strings.Contains(err.Error(), "no address") {
		t.Errorf("with a faulty admin address: %v, want an error that names it", err)
	}
	if ctx.Err() != nil {
		t.Error("the other parts went on")
	}
}

func replace(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// reads checks whether the page may read /hello.
func reads(t *testing.T, base, page string, want bool) {
	t.Helper()
	b, err := browser.Dial(base)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	r, err := b.Fetch(t.Context(), browser.Fetch{Page: page, URL: "/hello", Method: http.MethodGet})
	if err != nil {
		t.Fatal(err)
	}
	if r.Allowed() != want {
		t.Errorf("%s: %v, want allowed %v", page, r, want)
	}
}

type status struct {
	Fingerprint string
	Since       time.Time
	Faults      []string
}

func report(t *testing.T, base string) (s status) {
	t.Helper()
	res := get(t, base+"/policy")
	if err := json.NewDecoder(res.Body).Decode(&s); err != nil {
		t.Fatal(err)
	}
	if s.Since.IsZero() {
		t.Error("/policy does not say since when")
	}
	return s
}

func get(t *testing.T, url string) *http.Response {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res
}
