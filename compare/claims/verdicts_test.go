package claims

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gin-contrib/cors"
	chicors "github.com/go-chi/cors"
	"github.com/labstack/echo/v4/middleware"
	rscors "github.com/rs/cors"

	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
)

// A verdict is what a browser makes of the answers of a claim.
type verdict struct {
	claim   string
	fetch   browser.Fetch
	they    server
	theyLet bool
	we      server // nil where the policy is refused, or the page says nothing of it
	weLet   bool
}

var verdicts = []verdict{
	{"rs-cors/any-origin-with-credentials", browser.Fetch{Credentials: browser.Include},
		rs(rscors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true}), false, nil, false},
	{"rs-cors/any-origin-with-credentials", browser.Fetch{Credentials: browser.Omit},
		rs(rscors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true}), true, nil, false},
	{"go-chi-cors/any-scheme-with-credentials", browser.Fetch{Credentials: browser.Include},
		chiCORS(chicors.Options{AllowedOrigins: []string{"https://*"}, AllowCredentials: true}), true, nil, false},
	{"rs-cors/safelisted-methods", browser.Fetch{Method: "POST"},
		rs(rscors.Options{AllowedOrigins: []string{app}, AllowedMethods: []string{"PUT"}}), false, onNet(origins(app)), true},
	{"go-chi-cors/case-of-methods", browser.Fetch{Method: "patch"},
		chiCORS(chicors.Options{AllowedOrigins: []string{app}, AllowedMethods: []string{"PATCH"}}), false, nil, false},
	{"echo/case-of-methods", browser.Fetch{Method: "put"},
		echoCORS(middleware.CORSConfig{AllowOrigins: []string{app}, AllowMethods: []string{"put"}}), false, nil, false},
	{"gin-contrib-cors/denied-method-or-header", browser.Fetch{Method: "PATCH"}, ginCORS(ginBase()), false, onGinEngine(base()), false},
	{"gin-contrib-cors/denied-method-or-header", browser.Fetch{Header: header("X-Other")}, ginCORS(ginBase()), false, onGinEngine(base()), false},
	{"gin-contrib-cors/any-header", browser.Fetch{Header: header("Authorization")},
		ginCORS(cors.Config{AllowAllOrigins: true, AllowHeaders: []string{"*"}}), false,
		onGinEngine(with(anyOrigin(), func(c *concors.Config) { c.AllowHeaders = []string{"*"} })), true},
	{"gin-contrib-cors/any-header-with-credentials", browser.Fetch{Method: "PUT", Header: header("X-A"), Credentials: browser.Include},
		ginCORS(with(ginBase(), func(c *cors.Config) { c.AllowMethods, c.AllowHeaders = []string{"*"}, []string{"*"} })), false, onGinEngine(starred()), true},
	{"echo/default-headers", browser.Fetch{Header: header("X-Anything")}, echoOrigins(app), true, onEchoRoot(origins(app)), false},
	{"fiber/default-methods", browser.Fetch{Method: "PUT"}, fiberOrigins(app), true, onFiberApp(origins(app)), false},
	{"fiber/denied-preflight", browser.Fetch{Page: stranger, Method: "PUT"}, fiberCORS(fiberBase()), false, onFiberApp(base()), false},
}

func header(name string) http.Header { return http.Header{name: {"1"}} }

// starred is base with every method and header.
func starred() concors.Config {
	return with(base(), func(c *concors.Config) { c.AllowMethods, c.AllowHeaders = []string{"*"}, []string{"*"} })
}

// Where a page says what browsers make of an answer, the model of a browser
// says it too.
func TestVerdicts(t *testing.T) {
	for _, v := range verdicts {
		t.Run(v.claim, func(t *testing.T) {
			page, id, _ := strings.Cut(v.claim, "/")
			if !slices.ContainsFunc(pages[page], func(c claim) bool { return c.id == id }) {
				t.Error("no such claim")
			}
			if got := fetches(t, v.they, v.fetch); got.Allowed() != v.theyLet {
				t.Errorf("they: allowed: %t, want %t\n%s", got.Allowed(), v.theyLet, got)
			}
			if v.we == nil {
				return
			}
			if got := fetches(t, v.we, v.fetch); got.Allowed() != v.weLet {
				t.Errorf("we: allowed: %t, want %t\n%s", got.Allowed(), v.weLet, got)
			}
		})
	}
}

func fetches(t *testing.T, build server, f browser.Fetch) *browser.Result {
	t.Helper()
	served, err := build()
	if err != nil {
		t.Fatal(err)
	}
	addr, stop, err := served.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	b, err := browser.Dial("http://" + addr)
	if err != nil {
		t.Fatal(err)
	}
	if f.Page == "" {
		f.Page = app
	}
	f.URL = "/thing"
	result, err := b.Fetch(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return result
}
