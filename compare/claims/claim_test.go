package claims

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/concors/concors/compare/peers"
	concors "github.com/concors/concors/core"
)

// A claim is what a row of a page says: how a server with the library that
// people come from answers, and how one with the policy that replaces it does.
type claim struct {
	id   string // stands in the row
	they server // nil where the library is not written in Go, and the row cites it
	we   server
	says []exchange
}

// An exchange is one request and its two answers, in the notation of ask. A
// server that could not be built answers "refused" and why; one that is only
// built, since nothing is asked, answers "built".
type exchange struct{ ask, they, we string }

// A server is built anew for every request, as nothing may hang on the order.
type server func() (peers.App, error)

// pages lists the claims of every page, by its name in docs/migrate.
var pages = map[string][]claim{
	"rs-cors":             rsClaims,
	"go-chi-cors":         chiClaims,
	"gin-contrib-cors":    ginClaims,
	"echo":                echoClaims,
	"fiber":               fiberClaims,
	"starlette":           starletteClaims,
	"flask-cors":          flaskClaims,
	"express":             expressClaims,
	"django-cors-headers": djangoClaims,
}

func TestClaims(t *testing.T) {
	for page, claims := range pages {
		for _, c := range claims {
			t.Run(page+"/"+c.id, func(t *testing.T) {
				for _, e := range c.says {
					if c.they != nil {
						if got := answer(t, c.they, e.ask); got != e.they {
							t.Errorf("%s\nthey: %s\nwant: %s", e.ask, got, e.they)
						}
					}
					if got := answer(t, c.we, e.ask); got != e.we {
						t.Errorf("%s\nwe:   %s\nwant: %s", e.ask, got, e.we)
					}
				}
			})
		}
	}
}

func answer(t *testing.T, build server, ask string) string {
	t.Helper()
	app, err := build()
	if err != nil {
		return "refused: " + err.Error()
	}
	if ask == "" {
		return "built"
	}
	addr, stop, err := app.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	return send(t, addr, ask)
}

// theirs puts a middleware on a router. A panic is how some libraries refuse.
func theirs[M any](router func(M) peers.App, build func() M) server {
	return func() (app peers.App, err error) {
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("%v", v)
			}
		}()
		return router(build()), nil
	}
}

// ours puts Concors on the same router. Of an error the kinds of fault are
// told; the pages have the messages.
func ours[M any](router func(M) peers.App, middleware func(*concors.Policy) M, cfg concors.Config, options ...concors.Option) server {
	return func() (peers.App, error) {
		policy, err := concors.NewPolicy(cfg, options...)
		if faults, ok := errors.AsType[concors.ConfigErrors](err); ok {
			var kinds []string
			for _, f := range faults {
				kinds = append(kinds, string(f.Problem))
			}
			return peers.App{}, errors.New(strings.Join(kinds, ", "))
		}
		if err != nil {
			return peers.App{}, err
		}
		return router(middleware(policy)), nil
	}
}
