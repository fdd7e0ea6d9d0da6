package websockets

import (
	"context"
	"net/url"
	"time"

	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// Fiber serves on path of app what [Handler] serves. Fiber's WebSockets check no
// origin by themselves.
func Fiber(app *fiber.App, path string, policy *concors.Policy) {
	allowed := corsfiber.CheckOrigin(policy)
	app.Get(path, func(c *fiber.Ctx) error {
		if !allowed(c) {
			return fiber.ErrForbidden
		}
		// The context ends with the upgrade; what is asked later is a copy. It
		// must be the same question, so Host is not what a proxy says of it, and
		// the path is that which was sent, not the route's.
		at, err := url.ParseRequestURI(string(c.Request().URI().PathOriginal()))
		if err != nil {
			return fiber.ErrBadRequest
		}
		c.Locals("page", concors.Request{
			Method: fiber.MethodGet, Host: string(c.Request().Header.Host()), Path: at.Path, RawPath: at.RawPath,
			Origin: []string{utils.CopyString(c.Get(fiber.HeaderOrigin))},
		})
		return c.Next()
	}, websocket.New(func(conn *websocket.Conn) {
		page, _ := conn.Locals("page").(concors.Request)
		fiberTalk(conn, func() bool { return policy.AllowsOrigin(context.Background(), page) })
	}))
}

func fiberTalk(conn *websocket.Conn, welcome func() bool) {
	conn.SetReadLimit(32 << 10) // without, a message may be of any size
	for {
		conn.SetReadDeadline(time.Now().Add(silence)) // an error of these is that of what follows
		kind, message, err := conn.ReadMessage()
		if err != nil {
			return // the page has left
		}
		if !welcome() {
			kind = websocket.CloseMessage
			message = websocket.FormatCloseMessage(websocket.ClosePolicyViolation, "this origin is no longer allowed")
		}
		conn.SetWriteDeadline(time.Now().Add(patience))
		if err := conn.WriteMessage(kind, message); err != nil || kind == websocket.CloseMessage {
			return
		}
	}
}
