package websockets

import (
	"context"

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
		// The context ends with the upgrade; what is asked later is a copy.
		c.Locals("page", concors.Request{
			Method: fiber.MethodGet, Host: utils.CopyString(c.Hostname()), Path: path,
			Origin: []string{utils.CopyString(c.Get(fiber.HeaderOrigin))},
		})
		return c.Next()
	}, websocket.New(func(conn *websocket.Conn) {
		page, _ := conn.Locals("page").(concors.Request)
		fiberTalk(conn, func() bool { return policy.AllowsOrigin(context.Background(), page) })
	}))
}

func fiberTalk(conn *websocket.Conn, welcome func() bool) {
	for {
		kind, message, err := conn.ReadMessage()
		if err != nil {
			return // the page has left
		}
		if !welcome() {
			kind = websocket.CloseMessage
			message = websocket.FormatCloseMessage(websocket.ClosePolicyViolation, "this origin is no longer allowed")
		}
		if err := conn.WriteMessage(kind, message); err != nil || kind == websocket.CloseMessage {
			return
		}
	}
}
