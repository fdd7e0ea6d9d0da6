package conformance_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/concors/concors/conformance"
	concors "github.com/concors/concors/core"
)

// startOwn starts a server that knows nothing of this suite: a program with a
// policy and a few routes.
func startOwn(t *testing.T, policy []byte, debug bool) string {
	cfg, err := concors.ParseConfig(policy)
	if err != nil {
		t.Fatal(err)
	}
	p, err := concors.NewPolicy(cfg)
	if err != nil {
		t.Fatal(err)
	}
	p.SetDebug(debug)
	server := httptest.NewServer(middleware(p, http.HandlerFunc(ownRoutes)))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func ownRoutes(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept-Encoding")
	w.Header().Set("Content-Type", "text/html")
	switch r.URL.Path {
	case "/":
		io.WriteString(w, "<h1>hello</h1>\n")
	case "/error", "/panic":
		w.WriteHeader(http.StatusInternalServerError)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func TestRunServer(t *testing.T) {
	conformance.RunServer(t, startOwn)
}

// asked names the environment variable that turns TestBroken into a run of the
// suite against a server that does nothing for CORS.
const asked = "CONFORMANCE_TEST_BROKEN"

// TestBroken fails when it is asked to; TestRunFails looks on.
func TestBroken(t *testing.T) {
	addr := "192.0.2.1:80"
	if os.Getenv(asked) != "elsewhere" {
		server := httptest.NewServer(http.HandlerFunc(ownRoutes))
		t.Cleanup(server.Close)
		addr = server.Listener.Addr().String()
	}
	switch os.Getenv(asked) {
	case "run", "elsewhere":
		conformance.Run(t, func(*testing.T, []*concors.Policy) string { return addr })
	case "server":
		conformance.RunServer(t, func(*testing.T, []byte, bool) string { return addr })
	}
}

func TestRunFails(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const subtest = "--- FAIL: TestBroken/actual/carries-the-origin-that-asked"
	for mode, says := range map[string][]string{
		"run":       {subtest, "asked:\n", "the handler ran: false, want true", "status 404, want 200"},
		"server":    {subtest, "asked:\n", "Access-Control-Allow-Origin is absent", "played "},
		"elsewhere": {subtest, `server address "192.0.2.1:80" is not a loopback address`},
	} {
		cmd := exec.Command(program, "-test.run=^TestBroken$")
		cmd.Env = append(os.Environ(), asked+"="+mode)
		out, err := cmd.CombinedOutput()
		if err == nil {
			t.Errorf("%s: a server without CORS passes", mode)
		}
		for _, want := range says {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s: the output has no %q:\n%.2000s", mode, want, out)
			}
		}
	}
}
