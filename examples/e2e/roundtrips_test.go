//go:build e2e

package e2e

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"testing"

	"github.com/concors/concors/compare/peers"
	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/internal/program"
)

// The session of a page: every method with every header, one fetch after
// another. None of the fifteen goes without a preflight, but one preflight may
// serve several.
var (
	sessionMethods = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
	sessionHeaders = [][2]string{{"Authorization", "Bearer token"}, {"Content-Type", "application/json"}, {"X-Request-Id", "1"}}
)

// sessionURLs is among how many URLs it is played, after one alone.
const sessionURLs = 10

// sessionPolicies are two ways to allow the session. Only the first allows it
// with credentials, too.
var sessionPolicies = []sessionPolicy{
	{"lists", `{"allowOrigins": ["https://app.example.com"], "allowMethods": ["GET", "POST", "PUT", "PATCH", "DELETE"],
		"allowHeaders": ["Authorization", "Content-Type", "X-Request-Id"], "allowCredentials": true, "maxAge": 600}`,
		[]string{"rs/cors", "go-chi/cors"}},
	{"stars", `{"allowOrigins": ["*"], "allowMethods": ["*"], "allowHeaders": ["*"], "maxAge": 600}`,
		[]string{"rs/cors", "go-chi/cors"}},
}

type sessionPolicy struct {
	name, text string
	reflect    []string // the middleware that answers with the requested method and headers alone
}

// site is a running server with a policy.
type site struct {
	router, middleware string
	policy             *sessionPolicy
	name               string // in identifiers
	listed             bool   // the middleware has no sign for every method, so they are listed
}

const ours = "Concors"

// startSites starts every router with Concors, which are the examples, and with
// the middleware of its own, under every policy.
func startSites(t *testing.T, f *front) (sites []site) {
	t.Helper()
	programs := map[string]string{"net/http": "stdlib", "chi": "chi", "gin": "gin", "echo": "echo", "fiber": "fiber"}
	for _, peer := range peers.All() {
		router := programs[peer.Router]
		if router == "" {
			continue // Concors has no adapter for it
		}
		for i := range sessionPolicies {
			p := &sessionPolicies[i]
			s := site{peer.Router, ours, p, "concors-" + router + "-" + p.name, false}
			f.show(s.name, start(t, router, "-policy", program.PolicyFile(t, p.text)).Addr(t))
			sites = append(sites, s)
		}
		for i := range sessionPolicies {
			p := &sessionPolicies[i]
			s := site{peer.Router, peer.Name, p, "peer-" + router + "-" + p.name, false}
			var addr string
			addr, s.listed = startPeer(t, peer, p.text)
			f.show(s.name, addr)
			sites = append(sites, s)
		}
	}
	if want := 2 * len(programs) * len(sessionPolicies); len(sites) != want {
		t.Fatalf("%d servers run, want %d", len(sites), want)
	}
	return sites
}

// startPeer starts a router with the middleware of its own. What that has no
// setting for must be every method: they are listed then.
//
// A Spec with every header has echo and fiber answer with what is asked for, as
// they do by default. Answered with the star, Chromium and WebKit ask less often,
// so here they send one, which must look like a name to the Spec.
func startPeer(t *testing.T, peer peers.Peer, policy string) (addr string, listed bool) {
	t.Helper()
	config, err := concors.ParseConfig([]byte(policy))
	if err != nil {
		t.Fatal(err)
	}
	if sendsHeaders := peer.Name == "echo" || peer.Name == "fiber"; sendsHeaders && slices.Contains(config.AllowHeaders, "*") {
		config.AllowHeaders = []string{"*,Authorization"}
	}
	app, err := peer.Mount(peers.Spec{Config: config})
	if _, lacks := errors.AsType[peers.NotOffered](err); lacks {
		listed = true
		config.AllowMethods = sessionMethods
		app, err = peer.Mount(peers.Spec{Config: config})
	}
	if err != nil {
		t.Fatalf("%s: %v", peer.Name, err)
	}
	addr, stop, err := app.Listen()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return addr, listed
}

// perURL is how many preflights the session costs for each URL, where that is
// known beforehand. Otherwise it is not ok, and the number only shown.
//
// Chromium and WebKit keep one answer for a page and a URL. One that names the
// requested headers alone does not serve the next fetch, which has another
// header, and the next answer takes its place. No fetch finds what it needs.
//
// Firefox adds up what all answers name, but takes a star for a name. Under the
// stars of Concors, PUT, PATCH and DELETE are never found: 9. GET and POST need
// no finding, and with them Authorization is, because it is named: 1, and the
// other two headers are not: 4.
func (s site) perURL(engine string) (want int, ok bool) {
	switch {
	case engine == "Firefox" && s.policy.name == "stars":
		return 9 + 1 + 4, s.middleware == ours
	case engine != "Chromium" && s.middleware != ours:
		return 0, false
	case slices.Contains(s.policy.reflect, s.middleware):
		return len(sessionMethods) * len(sessionHeaders), true
	}
	return 1, true
}

// TestRoundTrips counts the preflights that a page's session costs in each
// engine, with Concors and with what else there is.
func TestRoundTrips(t *testing.T) {
	f := newFront(t)
	counted := roundTrips{sites: startSites(t, f)}
	for _, e := range []struct {
		name  string
		start func(t *testing.T) engine
	}{
		{"Chromium", func(t *testing.T) engine { return startChromium(t, f) }},
		{"Firefox", func(t *testing.T) engine { return startFirefox(t, f) }},
		{"WebKit", func(t *testing.T) engine { return startWebKit(t, f) }},
	} {
		t.Run(e.name, func(t *testing.T) {
			s := &stage{tab: &tab{engine: e.start(t)}, front: f}
			s.open(t, "https://app.example.com")
			counts := map[string][2]int{}
			for _, x := range counted.sites {
				t.Run(x.name, func(t *testing.T) {
					want, known := x.perURL(e.name)
					if counts[x.name] = s.playSession(t, x); known && counts[x.name] != [2]int{want, want * sessionURLs} {
						t.Errorf("%d preflights for 1 and for %d URLs, want %d for each", counts[x.name], sessionURLs, want)
					}
				})
			}
			counted.columns = append(counted.columns, column{e.name, s.version(t), counts})
		})
	}
	text := counted.markdown(t)
	t.Log("\n" + text)
	counted.publish(t, text)
}

// playSession counts for one URL and for several. Credentials, where the policy
// allows them, must change nothing.
func (s *stage) playSession(t *testing.T, x site) (counts [2]int) {
	t.Helper()
	counts = [2]int{s.countSession(t, x, 1, browser.Omit), s.countSession(t, x, sessionURLs, browser.Omit)}
	if x.policy.name == "lists" {
		if got := s.countSession(t, x, 1, browser.Include); got != counts[0] {
			t.Errorf("%d preflights with credentials, want %d as without", got, counts[0])
		}
	}
	return counts
}

// countSession plays the session, each fetch for every URL in turn, and counts
// the preflights that come. All fetches must be readable.
func (s *stage) countSession(t *testing.T, x site, urls int, credentials browser.Credentials) (preflights int) {
	t.Helper()
	ids := make([]string, urls)
	for i := range ids {
		ids[i] = s.id(x.name)
	}
	var calls []call
	for _, method := range sessionMethods {
		for _, header := range sessionHeaders {
			k := take{credentials: credentials, question: question{
				origin: s.origin, target: "/hello", method: method, header: [][2]string{header}}}
			for _, id := range ids {
				calls = append(calls, k.call(id))
			}
		}
	}
	for i, o := range s.fetch(t, calls) {
		if !o.OK || o.Status != http.StatusOK || o.Error != "" {
			t.Errorf("%s with %s: ok=%t, status %d %s", calls[i].Init.Method, calls[i].Init.Headers[0][0], o.OK, o.Status, o.Error)
		}
	}
	for _, id := range ids {
		others := 0
		for _, r := range s.front.take(id) {
			if r.isPreflight() {
				preflights++
			} else {
				others++
			}
		}
		if want := len(calls) / urls; others != want {
			t.Errorf("%d requests beside the preflights came for a URL, want %d", others, want)
		}
	}
	return preflights
}

// engineVersion finds a browser's version in what it calls itself.
var engineVersion = regexp.MustCompile(`(?:Chrome|Firefox)/(\d+)`)

// version is the major version of the browser, "" of WebKit, which does not
// tell.
func (s *stage) version(t *testing.T) string {
	t.Helper()
	if found := engineVersion.FindStringSubmatch(s.eval(t, "Promise.resolve(navigator.userAgent)")); found != nil {
		return found[1]
	}
	return ""
}
