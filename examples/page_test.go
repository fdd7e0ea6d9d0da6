package examples

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/concors/concors/examples/internal/program"
)

func TestPage(t *testing.T) {
	each(t, func(t *testing.T, name string) {
		p := start(t, name, "-page", "127.0.0.1:0")
		origin := p.Printed(t, "Page on ")
		addr := pageAddr(t, origin)
		for path, kind := range map[string]string{
			"/": "text/html", "/app.js": "text/javascript", "/requests.js": "text/javascript",
			"/style.css": "text/css", "/config.json": "application/json",
		} {
			a := ask(t, addr, "GET", path)
			if a.StatusCode != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), kind) || a.body == "" {
				t.Errorf("%s: status %d, type %q, %d bytes", path, a.StatusCode, a.Header.Get("Content-Type"), len(a.body))
			}
		}
		config := pageConfig(t, addr)
		if want := "http://" + p.Addr(t); config.API != want || config.Origin != origin || !config.BuiltIn {
			t.Errorf("the page is told %+v, want the API at %s and its own origin %s", config, want, origin)
		}
		// The built-in policy follows the page to whatever port it is on.
		a := ask(t, p.Addr(t), "GET", "/hello", "Origin: "+origin)
		if got := a.Header.Get("Access-Control-Allow-Origin"); got != origin {
			t.Errorf("the page %s is answered with %q", origin, got)
		}
	})
}

func TestPageKnowsThatThePolicyIsNotBuiltIn(t *testing.T) {
	file := program.PolicyFile(t, `{"allowOrigins": ["*"]}`)
	p := start(t, "stdlib", "-page", "127.0.0.1:0", "-policy", file)
	if config := pageConfig(t, pageAddr(t, p.Printed(t, "Page on "))); config.BuiltIn {
		t.Errorf("the page is told %+v, want that the policy is a file's", config)
	}
}

// A script learns what an answer allows, not what the policy lists: the words
// for an outcome must hold under a policy with "*" too.
func TestPageWordsFitAnyPolicy(t *testing.T) {
	p := start(t, "stdlib", "-page", "127.0.0.1:0")
	source := ask(t, pageAddr(t, p.Printed(t, "Page on ")), "GET", "/requests.js").body
	outcomes := regexp.MustCompile(`(?m)^ *(?:allowed|blocked): .*`).FindAllString(source, -1)
	if len(outcomes) != 16 {
		t.Fatalf("%d outcomes have words, want 2 for each of 8 requests", len(outcomes))
	}
	narrow := regexp.MustCompile(`policy|lists?\b|names? this page`)
	for _, words := range outcomes {
		if found := narrow.FindString(words); found != "" {
			t.Errorf("%q speaks of %q", words, found)
		}
	}
}

type config struct {
	API, Origin, Router string
	BuiltIn             bool
}

func pageConfig(t *testing.T, addr string) config {
	t.Helper()
	var c config
	if err := json.Unmarshal([]byte(ask(t, addr, "GET", "/config.json").body), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// pageAddr is where the page of an origin listens.
func pageAddr(t *testing.T, origin string) string {
	t.Helper()
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() != "localhost" {
		t.Fatalf("the page is at %q, want http://localhost with a port", origin)
	}
	return "127.0.0.1:" + u.Port()
}
