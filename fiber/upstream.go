package corsfiber

import "github.com/gofiber/fiber/v2"

// StripUpstream deletes every Access-Control-* field that an upstream sent, and
// keeps Vary. It is made for ModifyResponse of Fiber's proxy middleware, and to
// be called after proxy.Do: the proxy replaces the whole response by the
// upstream's, and [Middleware] writes its own fields again only where none are.
// It always returns nil.
func StripUpstream(c *fiber.Ctx) error {
	deleteFields(c, isField)
	return nil
}
