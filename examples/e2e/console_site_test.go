//go:build e2e

package e2e

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

// faultySite is the whole web to a browser: pages at which the mishaps happen,
// and an API that is wrong in the way that the query of a request asks for.
type faultySite struct {
	policies map[string]http.Handler // by the name in the query
}

// newFaultySite serves a site until the test ends, and returns where it is.
func newFaultySite(t *testing.T) *front {
	t.Helper()
	s := &faultySite{policies: map[string]http.Handler{}}
	for name, debug := range map[string]bool{"normal": false, "debug": true} {
		policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
		if err != nil {
			t.Fatal(err)
		}
		policy.SetDebug(debug)
		s.policies[name] = corshttp.Middleware(policy)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	}
	plain, secure := split(t)
	for _, serve := range []struct {
		server *httptest.Server
		start  func(*httptest.Server)
	}{
		{&httptest.Server{Listener: plain}, (*httptest.Server).Start},
		{&httptest.Server{Listener: secure}, (*httptest.Server).StartTLS},
	} {
		// Browsers break connections off as they like.
		serve.server.Config = &http.Server{Handler: s, ErrorLog: log.New(io.Discard, "", 0)}
		serve.start(serve.server)
		t.Cleanup(serve.server.Close)
	}
	return &front{addr: plain.Addr().String()}
}

func (s *faultySite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	switch policy := s.policies[query.Get("policy")]; {
	case policy != nil:
		policy.ServeHTTP(w, r)
	case r.Host == "app.example.com":
		serveMishaps(w, r)
	case r.Method == http.MethodOptions:
		writeByHand(w, query.Get("preflight"))
	default:
		writeByHand(w, query.Get("actual"))
	}
}

// serveMishaps serves a page to which all its mishaps happen, one after another.
// What the script learns of each it writes to the console, too.
func serveMishaps(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == publicPage {
		w.Header().Set("Content-Security-Policy", "treat-as-public-address")
	}
	servePage(w, r)
	fmt.Fprint(w, `<script type="module">`)
	for _, m := range mishaps {
		if m.page == r.URL.Path {
			fmt.Fprintf(w, "console.log(%q + await %s);\n", outcomeMark, m.script)
		}
	}
	fmt.Fprint(w, `</script>`)
}

// outcomeMark is in front of what a page writes to the console itself.
const outcomeMark = "outcome: "

// writeByHand writes an answer such as "204; Access-Control-Allow-Origin: *". The
// answer "none" is that of a server that breaks off.
func writeByHand(w http.ResponseWriter, answer string) {
	status, fields, _ := strings.Cut(answer, "; ")
	if status == "none" {
		panic(http.ErrAbortHandler)
	}
	for field := range strings.SplitSeq(fields, "; ") {
		if name, value, ok := strings.Cut(field, ": "); ok {
			w.Header().Add(name, value)
		}
	}
	code, err := strconv.Atoi(status)
	if err != nil {
		code = http.StatusOK
	}
	w.WriteHeader(code)
}
