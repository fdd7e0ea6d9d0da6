package traps

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corsecho "github.com/concors/concors/echo"
	corsgin "github.com/concors/concors/gin"
	corshttp "github.com/concors/concors/stdlib"
)

// routers are the four that speak net/http, each with its middleware and a
// handler on /ws.
func routers(policy *concors.Policy, ws http.HandlerFunc) map[string]http.Handler {
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
	e.GET("/ws", func(c echo.Context) error {
		ws(c.Response(), c.Request())
		return nil
	})
	return map[string]http.Handler{"net/http": corshttp.Middleware(policy)(mux), "chi": c, "gin": g, "echo": e}
}

// README stdlib: WebSockets: browsers let every page open one
// README chi: CORS stops no WebSocket
// README gin: CORS stops no WebSocket
// README echo: CORS stops no WebSocket
func TestCheckOriginGuardsWebSockets(t *testing.T) {
	policy := adaptertest.AppPolicy(t)
	upgrader := websocket.Upgrader{CheckOrigin: corshttp.CheckOrigin(policy)}
	for name, router := range routers(policy, talk(t, upgrader)) {
		url := "ws" + strings.TrimPrefix(adaptertest.Serve(t, router).URL, "http") + "/ws"
		conn, res, err := websocket.DefaultDialer.Dial(url, http.Header{"Origin": {adaptertest.App}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		adaptertest.WantUnreadable(t, name+", upgrade", res, http.StatusSwitchingProtocols)
		if err := conn.WriteMessage(websocket.TextMessage, []byte("hello")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, got, err := conn.ReadMessage(); err != nil || string(got) != "hello" {
			t.Errorf("%s: got %q, %v, want hello back", name, got, err)
		}
		conn.Close()

		for _, origin := range []string{"https://other.example.org", "null", "", "http" + strings.TrimPrefix(url, "ws")} {
			conn, res, err := websocket.DefaultDialer.Dial(url, http.Header{"Origin": {origin}})
			if err == nil {
				conn.Close()
				t.Errorf("%s: %q was let in", name, origin)
				continue
			}
			adaptertest.WantUnreadable(t, name+", refused", res, http.StatusForbidden)
		}
	}
}

// The middleware alone refuses nobody.
//
// README stdlib: WebSockets: browsers let every page open one
// README chi: CORS stops no WebSocket
// README gin: CORS stops no WebSocket
// README echo: CORS stops no WebSocket
func TestCORSDoesNotGuardWebSockets(t *testing.T) {
	policy := adaptertest.AppPolicy(t)
	open := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	for name, router := range routers(policy, talk(t, open)) {
		url := "ws" + strings.TrimPrefix(adaptertest.Serve(t, router).URL, "http") + "/ws"
		conn, _, err := websocket.DefaultDialer.Dial(url, http.Header{"Origin": {"https://other.example.org"}})
		if err != nil {
			t.Errorf("%s: trap: %v, want the other page let in", name, err)
			continue
		}
		conn.Close()
	}
}

// talk sends back what it hears, once.
func talk(t *testing.T, upgrader websocket.Upgrader) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return // the upgrader has answered
		}
		defer conn.Close()
		kind, message, err := conn.ReadMessage()
		if err != nil {
			return // the page has gone
		}
		if err := conn.WriteMessage(kind, message); err != nil {
			t.Error(err)
		}
	}
}
