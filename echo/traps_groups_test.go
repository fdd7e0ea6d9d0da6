package corsecho_test

import (
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

// README echo: `e.PUT(path, h, cors)`, on a route: Echo answers the preflight
func TestRouteMiddlewareNeverSeesThePreflight(t *testing.T) {
	e := echo.New()
	e.PUT("/items", ok, corsecho.Middleware(adaptertest.AppPolicy(t)))
	adaptertest.WantUnreadable(t, "trap", adaptertest.Preflight(e, "/items"), http.StatusNoContent)
}

// README echo: CORS on a group: POST on a path of the group
func TestAGroupTurns405Into404(t *testing.T) {
	e := echo.New()
	e.PUT("/bare/items", ok)
	e.Group("/in", corsecho.Middleware(adaptertest.AppPolicy(t))).PUT("/items", ok)
	adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(e, "/in/items"), http.StatusNoContent)
	adaptertest.WantReadable(t, "trap", adaptertest.Ask(e, "POST", "/in/items"), http.StatusNotFound)
	adaptertest.WantReadable(t, "trap, OPTIONS that is no preflight", adaptertest.Ask(e, "OPTIONS", "/in/items"), http.StatusNotFound)
	adaptertest.WantUnreadable(t, "without a group", adaptertest.Ask(e, "POST", "/bare/items"), http.StatusMethodNotAllowed)
}

// README echo: of two groups with one prefix, the last gets every preflight
func TestTheLastOfTwoGroupsGetsEveryPreflight(t *testing.T) {
	other := adaptertest.NewPolicy(t, concors.Config{AllowOrigins: []string{"https://other.example.org"}})
	e := echo.New()
	e.Group("/in", corsecho.Middleware(adaptertest.AppPolicy(t))).PUT("/first", ok)
	e.Group("/in", corsecho.Middleware(other)).PUT("/second", ok)
	adaptertest.WantUnreadable(t, "trap", adaptertest.Preflight(e, "/in/first"), http.StatusForbidden)
	adaptertest.WantReadable(t, "the request itself", adaptertest.Ask(e, "PUT", "/in/first"), http.StatusOK)
}

// README echo: a group answers the preflights of routes below its prefix
func TestAGroupGetsPreflightsOfRoutesOutsideIt(t *testing.T) {
	e := echo.New()
	e.Group("/in", corsecho.Middleware(adaptertest.AppPolicy(t)))
	e.PUT("/in/outside", ok)
	adaptertest.WantReadable(t, "trap", adaptertest.Preflight(e, "/in/outside"), http.StatusNoContent)
	adaptertest.WantUnreadable(t, "the request itself", adaptertest.Ask(e, "PUT", "/in/outside"), http.StatusOK)
}

// README echo: a route that is added before `g.Use`
func TestGroupUseAfterARouteLeavesThatRouteOut(t *testing.T) {
	e := echo.New()
	g := e.Group("/in")
	g.PUT("/early", ok)
	g.Use(corsecho.Middleware(adaptertest.AppPolicy(t)))
	adaptertest.WantReadable(t, "trap", adaptertest.Preflight(e, "/in/early"), http.StatusNoContent)
	adaptertest.WantUnreadable(t, "the request itself", adaptertest.Ask(e, "PUT", "/in/early"), http.StatusOK)
}

// One middleware on the instance, whose policy picks by path, has none of this.
//
// README echo: Keep the one middleware and scope the policy by path
func TestAreasArePolicyNotMounting(t *testing.T) {
	e := echo.New()
	g := e.Group("/in")
	g.PUT("/early", ok)
	e.Use(corsecho.Middleware(adaptertest.AreaPolicy(t)))
	e.Group("/in").PUT("/items", ok)
	e.PUT("/in/outside", ok)
	e.PUT("/out", ok)
	for _, path := range []string{"/in/early", "/in/items", "/in/outside"} {
		adaptertest.WantReadable(t, "preflight", adaptertest.Preflight(e, path), http.StatusNoContent)
		adaptertest.WantReadable(t, "PUT", adaptertest.Ask(e, "PUT", path), http.StatusOK)
		adaptertest.WantReadable(t, "405", adaptertest.Ask(e, "POST", path), http.StatusMethodNotAllowed)
	}
	adaptertest.WantUnreadable(t, "preflight elsewhere", adaptertest.Preflight(e, "/out"), http.StatusForbidden)
	adaptertest.WantUnreadable(t, "PUT elsewhere", adaptertest.Ask(e, "PUT", "/out"), http.StatusOK)
}
