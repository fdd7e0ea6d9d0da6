package peers_test

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
)

// listen serves an app until the test ends.
func listen(t *testing.T, app peers.App) string {
	t.Helper()
	addr, stop, err := app.Listen()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return addr
}

func ask(t *testing.T, method, url string, header map[string]string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	client := &http.Client{
		Timeout:       20 * time.Second,
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response
}

const page = "https://app.example.com"

var ordinary = peers.Spec{Config: concors.Config{
	AllowOrigins:     []string{page},
	AllowMethods:     []string{"PUT"},
	AllowHeaders:     []string{"Content-Type"},
	ExposeHeaders:    []string{"X-Total"},
	AllowCredentials: true,
	MaxAge:           600,
}}

// Every peer gets an ordinary policy right: what it fails at later is then not
// its configuration.
func TestOrdinaryPolicy(t *testing.T) {
	for _, peer := range peers.All() {
		t.Run(peer.Name, func(t *testing.T) {
			app, err := peer.Mount(ordinary)
			if err != nil {
				t.Fatal(err)
			}
			base := "http://" + listen(t, app)
			preflight := ask(t, http.MethodOptions, base+"/thing", map[string]string{
				"Origin": page, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type",
			})
			for name, want := range map[string]string{
				"Access-Control-Allow-Origin": page, "Access-Control-Allow-Credentials": "true", "Access-Control-Max-Age": "600",
			} {
				if got := preflight.Header.Get(name); got != want {
					t.Errorf("preflight: %s: %q, want %q", name, got, want)
				}
			}
			actual := ask(t, http.MethodGet, base+"/thing", map[string]string{"Origin": page})
			if got := actual.Header.Get("Access-Control-Expose-Headers"); got != "X-Total" {
				t.Errorf("actual: exposed %q, want X-Total", got)
			}
			if actual.Header.Get("Handler-Ran") != "yes" || actual.StatusCode != http.StatusOK {
				t.Errorf("actual: status %d, handler ran %q", actual.StatusCode, actual.Header.Get("Handler-Ran"))
			}
		})
	}
}

// The routes answer as the suite says, before any middleware has a say in it.
func TestRoutes(t *testing.T) {
	for _, peer := range peers.All() {
		t.Run(peer.Name, func(t *testing.T) {
			app, err := peer.Mount(peers.Spec{Config: concors.Config{AllowOrigins: []string{"*"}}})
			if err != nil {
				t.Fatal(err)
			}
			base := "http://" + listen(t, app)
			for path, want := range map[string]int{
				"/": 200, "/a/b": 200, "/error": 500, "/panic": 500, "/stream": 200, "/vary": 200, "/notmodified": 304, "/private": 401,
				"/redirect": 302, "/missing": 404, "/getonly": 200, "/options": 200,
			} {
				r := ask(t, http.MethodGet, base+path, nil)
				if r.StatusCode != want || r.Header.Get("Handler-Ran") != "yes" {
					t.Errorf("GET %s: status %d, handler ran %q, want %d", path, r.StatusCode, r.Header.Get("Handler-Ran"), want)
				}
			}
			if r := ask(t, http.MethodPut, base+"/getonly", nil); r.StatusCode != 405 || r.Header.Get("Handler-Ran") != "yes" {
				t.Errorf("PUT /getonly: status %d, handler ran %q, want 405", r.StatusCode, r.Header.Get("Handler-Ran"))
			}
		})
	}
}

// What a peer has no setting for is said, not approximated.
func TestNotOffered(t *testing.T) {
	config := func(change func(*concors.Config)) concors.Config {
		c := concors.Config{AllowOrigins: []string{page}}
		change(&c)
		return c
	}
	for name, test := range map[string]struct {
		config concors.Config
		admits []string
		peers  []string // that do not offer it
	}{
		"paths": {config(func(c *concors.Config) { c.Paths = map[string]concors.Config{"/a/": {}} }), nil,
			[]string{"rs/cors", "go-chi/cors", "gin-contrib/cors", "echo", "fiber", "gorilla/handlers"}},
		"every method":                  {config(func(c *concors.Config) { c.AllowMethods = []string{"*"} }), nil, []string{"rs/cors", "go-chi/cors", "gorilla/handlers"}},
		"every method with credentials": {config(func(c *concors.Config) { c.AllowMethods, c.AllowCredentials = []string{"*"}, true }), nil, []string{"rs/cors", "go-chi/cors", "gin-contrib/cors", "echo", "fiber", "gorilla/handlers"}},
		"every header":                  {config(func(c *concors.Config) { c.AllowHeaders = []string{"*"} }), nil, []string{"gorilla/handlers"}},
		"every header with credentials": {config(func(c *concors.Config) { c.AllowHeaders, c.AllowCredentials = []string{"*"}, true }), nil, []string{"gin-contrib/cors", "gorilla/handlers"}},
		"subdomains":                    {config(func(c *concors.Config) { c.AllowOrigins = []string{"https://*.example.com"} }), nil, []string{"gorilla/handlers"}},
		"ports":                         {config(func(c *concors.Config) { c.AllowOrigins = []string{"http://localhost:*"} }), nil, []string{"fiber", "gorilla/handlers"}},
		"both":                          {config(func(c *concors.Config) { c.AllowOrigins = []string{"https://*.example.com:*"} }), nil, []string{"rs/cors", "go-chi/cors", "gin-contrib/cors", "fiber", "gorilla/handlers"}},
		"max-age 0":                     {config(func(c *concors.Config) { c.MaxAge = -1 }), nil, []string{"go-chi/cors", "gin-contrib/cors", "gorilla/handlers"}},
		"status 200":                    {config(func(c *concors.Config) { c.PreflightStatus = 200 }), nil, []string{"echo", "fiber"}},
		"status 299":                    {config(func(c *concors.Config) { c.PreflightStatus = 299 }), nil, []string{"go-chi/cors", "echo", "fiber"}},
		"function":                      {config(func(c *concors.Config) {}), []string{"https://t1.example.com"}, nil},
		"function and pattern": {config(func(c *concors.Config) { c.AllowOrigins = []string{"https://*.example.com"} }), []string{"https://t1.example.com"},
			[]string{"rs/cors", "go-chi/cors", "echo", "gorilla/handlers"}},
	} {
		t.Run(name, func(t *testing.T) {
			var missing []string
			for _, peer := range peers.All() {
				_, err := peer.Mount(peers.Spec{Config: test.config, Admits: test.admits})
				switch {
				case errors.As(err, new(peers.NotOffered)):
					missing = append(missing, peer.Name)
				case err != nil:
					t.Errorf("%s: %v", peer.Name, err)
				}
			}
			if !slices.Equal(missing, test.peers) {
				t.Errorf("not offered by %q, want %q", missing, test.peers)
			}
		})
	}
}

// The panics of peers that check their configuration are told from ours.
func TestRefused(t *testing.T) {
	for _, peer := range peers.All() {
		_, err := peer.Mount(peers.Spec{Config: concors.Config{AllowOrigins: []string{"null"}}})
		want := peer.Name == "gin-contrib/cors" || peer.Name == "fiber"
		if got := errors.As(err, new(peers.Refused)); got != want {
			t.Errorf("%s: null: %v, want it refused: %t", peer.Name, err, want)
		}
	}
}

func TestOrigins(t *testing.T) {
	spec := peers.Spec{
		Config: concors.Config{AllowOrigins: []string{
			page, "https://*.example.org", "http://localhost:*", "https://*.example.org:*", "https://*", "https://*:8443",
			"http://[::1]:*", "moz-extension://*", "null", "*",
		}},
		Admits: []string{"https://t1.example.com"},
	}
	want := []string{
		page, "https://sub.example.org", "http://localhost", "https://sub.example.org", "https://any.example",
		"https://any.example:8443", "http://[::1]", "moz-extension://any.example", "null",
		"https://t1.example.com", "https://stranger.example",
	}
	if got := spec.Origins(); !slices.Equal(got, want) {
		t.Errorf("Origins =\n%q, want\n%q", got, want)
	}
}
