package corsecho_test

import (
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"

	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
)

func TestRouteMiddlewareNeverSeesThePreflight(t *testing.T) {
	e := echo.New()
	e.PUT("/items", ok, corsecho.Middleware(appPolicy(t)))
	wantUnreadable(t, "trap", preflight(e, "/items"), http.StatusNoContent)
}

func TestAGroupTurns405Into404(t *testing.T) {
	e := echo.New()
	e.PUT("/bare/items", ok)
	e.Group("/in", corsecho.Middleware(appPolicy(t))).PUT("/items", ok)
	wantReadable(t, "preflight", preflight(e, "/in/items"), http.StatusNoContent)
	wantReadable(t, "trap", ask(e, "POST", "/in/items"), http.StatusNotFound)
	wantReadable(t, "trap, OPTIONS that is no preflight", ask(e, "OPTIONS", "/in/items"), http.StatusNotFound)
	wantUnreadable(t, "without a group", ask(e, "POST", "/bare/items"), http.StatusMethodNotAllowed)
}

func TestTheLastOfTwoGroupsGetsEveryPreflight(t *testing.T) {
	other := newPolicy(t, concors.Config{AllowOrigins: []string{"https://other.example.org"}})
	e := echo.New()
	e.Group("/in", corsecho.Middleware(appPolicy(t))).PUT("/first", ok)
	e.Group("/in", corsecho.Middleware(other)).PUT("/second", ok)
	wantUnreadable(t, "trap", preflight(e, "/in/first"), http.StatusForbidden)
	wantReadable(t, "the request itself", ask(e, "PUT", "/in/first"), http.StatusOK)
}

func TestAGroupGetsPreflightsOfRoutesOutsideIt(t *testing.T) {
	e := echo.New()
	e.Group("/in", corsecho.Middleware(appPolicy(t)))
	e.PUT("/in/outside", ok)
	wantReadable(t, "trap", preflight(e, "/in/outside"), http.StatusNoContent)
	wantUnreadable(t, "the request itself", ask(e, "PUT", "/in/outside"), http.StatusOK)
}

func TestGroupUseAfterARouteLeavesThatRouteOut(t *testing.T) {
	e := echo.New()
	g := e.Group("/in")
	g.PUT("/early", ok)
	g.Use(corsecho.Middleware(appPolicy(t)))
	wantReadable(t, "trap", preflight(e, "/in/early"), http.StatusNoContent)
	wantUnreadable(t, "the request itself", ask(e, "PUT", "/in/early"), http.StatusOK)
}

// One middleware on the instance, whose policy picks by path, has none of this.
func TestAreasArePolicyNotMounting(t *testing.T) {
	e := echo.New()
	g := e.Group("/in")
	g.PUT("/early", ok)
	e.Use(corsecho.Middleware(areaPolicy(t)))
	e.Group("/in").PUT("/items", ok)
	e.PUT("/in/outside", ok)
	e.PUT("/out", ok)
	for _, path := range []string{"/in/early", "/in/items", "/in/outside"} {
		wantReadable(t, "preflight", preflight(e, path), http.StatusNoContent)
		wantReadable(t, "PUT", ask(e, "PUT", path), http.StatusOK)
		wantReadable(t, "405", ask(e, "POST", path), http.StatusMethodNotAllowed)
	}
	wantUnreadable(t, "preflight elsewhere", preflight(e, "/out"), http.StatusForbidden)
	wantUnreadable(t, "PUT elsewhere", ask(e, "PUT", "/out"), http.StatusOK)
}
