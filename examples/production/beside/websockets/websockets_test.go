package websockets_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"
	fiberws "github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/labstack/echo/v4"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	"github.com/concors/concors/examples/production/beside/websockets"
	"github.com/concors/concors/examples/production/internal/routers"
	corsfiber "github.com/concors/concors/fiber"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

const foreign = "https://other.example.org"

// patience is how long a handshake or an answer may take.
const patience = time.Minute

// apps are the routers with the policy and a WebSocket on /ws.
func apps(policy *concors.Policy, ws http.HandlerFunc, onFiber func(*fiber.App)) routers.Apps {
	gin.SetMode(gin.ReleaseMode)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ws", ws)
	c := chi.NewRouter()
	c.Use(corschi.Middleware(policy))
	c.Get("/ws", ws)
	g := gin.New()
	g.Use(corsgin.Middleware(policy))
	g.GET("/ws", gin.WrapF(ws))
	e := echo.New()
	e.Use(corsecho.Middleware(policy))
	e.GET("/ws", echo.WrapHandler(ws))
	f := fiber.New(fiber.Config{DisableStartupMessage: true})
	f.Use(corsfiber.Middleware(policy))
	onFiber(f)
	return routers.Apps{Stdlib: corshttp.Middleware(policy)(mux), Chi: c, Gin: g, Echo: e, Fiber: f}
}

func guarded(policy *concors.Policy) routers.Apps {
	return apps(policy, websockets.Handler(policy), func(app *fiber.App) { websockets.Fiber(app, "/ws", policy) })
}

// dial opens a WebSocket for a page; an empty origin is a client that sends
// none. The connection is closed when the test ends.
func dial(t *testing.T, base, origin string) (*websocket.Conn, *http.Response, error) {
	t.Helper()
	options := &websocket.DialOptions{HTTPHeader: http.Header{}}
	if origin != "" {
		options.HTTPHeader.Set("Origin", origin)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, res, err := websocket.Dial(ctx, base+"/ws", options)
	if err == nil {
		t.Cleanup(func() { conn.CloseNow() })
	}
	return conn, res, err
}

// say sends a word and returns what comes back.
func say(t *testing.T, conn *websocket.Conn, word string) (string, error) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := conn.Write(ctx, websocket.MessageText, []byte(word)); err != nil {
		return "", err
	}
	_, answer, err := conn.Read(ctx)
	return string(answer), err
}

func wantTalk(t *testing.T, base, origin string) {
	t.Helper()
	conn, _, err := dial(t, base, origin)
	if err != nil {
		t.Errorf("from %q: %v", origin, err)
		return
	}
	defer conn.CloseNow()
	if got, err := say(t, conn, "hello"); err != nil || got != "hello" {
		t.Errorf("from %q: got %q, %v; want hello back", origin, got, err)
	}
}

func wantRefused(t *testing.T, base, origin string) {
	t.Helper()
	_, res, err := dial(t, base, origin)
	if err == nil {
		t.Errorf("from %q: let in, want 403", origin)
		return
	}
	if res == nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("from %q: %v, want 403", origin, err)
	}
}

func TestPolicyGuardsTheHandshake(t *testing.T) {
	policy := adaptertest.NewPolicy(t, concors.Config{
		AllowOrigins: []string{adaptertest.App, "https://*.example.net"}, AllowCredentials: true,
	})
	guarded(policy).OnEach(t, func(t *testing.T, base string) {
		wantTalk(t, base, adaptertest.App)
		wantTalk(t, base, "https://a.example.net")
		for _, origin := range []string{foreign, "https://example.net", "null", "", base} {
			wantRefused(t, base, origin)
		}
	})
}

// The server's own page gets in once it is listed.
func TestOwnPageIsListed(t *testing.T) {
	policy := adaptertest.NewPolicy(t, concors.Config{AllowOrigins: []string{adaptertest.App, "http://127.0.0.1:*"}})
	guarded(policy).OnEach(t, func(t *testing.T, base string) { wantTalk(t, base, base) })
}

// A policy for everybody's fetches names nobody for a WebSocket.
func TestAnyOriginOpensNone(t *testing.T) {
	guarded(adaptertest.NewPolicy(t, concors.Config{AllowOrigins: []string{"*"}})).OnEach(t,
		func(t *testing.T, base string) { wantRefused(t, base, adaptertest.App) })
}

func TestReloadReachesOpenConnections(t *testing.T) {
	policy := adaptertest.AppPolicy(t)
	before := policy.Config()
	guarded(policy).OnEach(t, func(t *testing.T, base string) {
		if err := policy.Reload(before); err != nil {
			t.Fatal(err)
		}
		conn, _, err := dial(t, base, adaptertest.App)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := say(t, conn, "hello"); got != "hello" {
			t.Fatalf("before: got %q, %v; want hello", got, err)
		}
		if err := policy.Reload(concors.Config{AllowOrigins: []string{foreign}}); err != nil {
			t.Fatal(err)
		}
		_, err = say(t, conn, "hello")
		if closed, ok := errors.AsType[websocket.CloseError](err); !ok || closed.Code != websocket.StatusPolicyViolation {
			t.Errorf("after: %v, want close code 1008", err)
		}
	})
}

func TestOwnPagesToo(t *testing.T) {
	policy := adaptertest.AppPolicy(t)
	all := apps(policy, websockets.OwnPagesToo(policy), func(app *fiber.App) { websockets.Fiber(app, "/ws", policy) })
	all.OnEach(t, func(t *testing.T, base string) {
		wantTalk(t, base, adaptertest.App)
		wantRefused(t, base, foreign)
		wantRefused(t, base, "null")
		if t.Name() != "TestOwnPagesToo/fiber" { // whose library has no such check
			wantTalk(t, base, base)
			wantTalk(t, base, "")
		}
	})
}

// Left to themselves, coder/websocket turns away the pages that the policy
// names, and Fiber's library lets every page in, whatever CORS says.
func TestLibrariesByThemselves(t *testing.T) {
	alone := func(w http.ResponseWriter, r *http.Request) {
		if conn, err := websocket.Accept(w, r, nil); err == nil {
			conn.CloseNow()
		}
	}
	onFiber := func(app *fiber.App) { app.Get("/ws", fiberws.New(func(conn *fiberws.Conn) { conn.Close() })) }
	apps(adaptertest.AppPolicy(t), alone, onFiber).OnEach(t, func(t *testing.T, base string) {
		if t.Name() != "TestLibrariesByThemselves/fiber" {
			wantRefused(t, base, adaptertest.App)
			return
		}
		if _, _, err := dial(t, base, foreign); err != nil {
			t.Errorf("trap: %v, want the foreign page let in: is the check needed still?", err)
		}
	})
}
