// Package websockets asks a policy before it lets a page open a WebSocket.
// Browsers make no CORS check there: every page may open one, and cookies go
// with it. Copy Handler for github.com/coder/websocket behind any router that
// speaks net/http, and Fiber for Fiber.
package websockets

import (
	"context"
	"net/http"
	"time"

	"github.com/coder/websocket"

	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

const (
	// silence is how long a page may say nothing: one that is gone without a
	// word would be kept for ever.
	silence = 5 * time.Minute
	// patience is how long it may leave what is written to it.
	patience = 30 * time.Second
)

// Handler serves a WebSocket that says back what it hears, to pages that policy
// names. A page of the server's own origin must be named as well, and a client
// without Origin, which is no browser, is refused.
func Handler(policy *concors.Policy) http.HandlerFunc {
	allowed := corshttp.CheckOrigin(policy)
	return func(w http.ResponseWriter, r *http.Request) {
		if !allowed(r) {
			http.Error(w, "this origin may not connect", http.StatusForbidden)
			return
		}
		// The library knows the server's own origin alone, and would refuse the rest.
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
		if err != nil {
			return // Accept has answered
		}
		defer conn.CloseNow()
		talk(r.Context(), conn, func() bool { return allowed(r) })
	}
}

// OwnPagesToo is Handler for a server that has pages of its own: who is not
// named by policy meets the library's check, which lets in those whose Origin
// has the request's Host, and clients without Origin. Who came in by the policy
// stays as long as the policy names them.
func OwnPagesToo(policy *concors.Policy) http.HandlerFunc {
	allowed := corshttp.CheckOrigin(policy)
	return func(w http.ResponseWriter, r *http.Request) {
		named := allowed(r)
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: named})
		if err != nil {
			return // Accept has answered
		}
		defer conn.CloseNow()
		talk(r.Context(), conn, func() bool { return !named || allowed(r) })
	}
}

// talk says back what it hears while the page is welcome. No reload of a policy
// ends an open connection, so it asks again. It asks when the page has said
// something: a server that speaks by itself must ask before each Write.
func talk(ctx context.Context, conn *websocket.Conn, welcome func() bool) {
	for {
		listening, stop := context.WithTimeout(ctx, silence)
		kind, message, err := conn.Read(listening)
		stop()
		if err != nil {
			return // the page has left
		}
		if !welcome() {
			conn.Close(websocket.StatusPolicyViolation, "this origin is no longer allowed")
			return
		}
		writing, stop := context.WithTimeout(ctx, patience)
		err = conn.Write(writing, kind, message)
		stop()
		if err != nil {
			return
		}
	}
}
