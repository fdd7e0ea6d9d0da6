package corsfiber

import (
	"context"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	concors "github.com/concors/concors/core"
)

// describe copies the fields that the decision refers to into v; all else is
// used during the decision only and stays in fasthttp's buffers, unless the
// policy has functions that may keep it.
func (v *visit) describe(c *fiber.Ctx, retains bool) (context.Context, concors.Request) {
	r := concors.Request{
		Method: c.Method(),
		Host:   utils.UnsafeString(c.Context().Host()), // the Host field, never a forwarded one
	}
	r.Path, r.RawPath = paths(c)
	if c.App().Server().DisableHeaderNamesNormalizing {
		c.Request().Header.VisitAll(func(key, value []byte) {
			switch name := utils.UnsafeString(key); {
			case strings.EqualFold(name, fiber.HeaderOrigin):
				v.origin = v.append(v.origin, value)
			case strings.EqualFold(name, fiber.HeaderAccessControlRequestMethod):
				v.method = v.append(v.method, value)
			case strings.EqualFold(name, fiber.HeaderAccessControlRequestHeaders):
				v.headers = v.append(v.headers, value)
			}
		})
	} else {
		v.origin = v.lines(c, fiber.HeaderOrigin, v.origin)
		if r.Method == fiber.MethodOptions && len(v.origin) > 0 {
			v.method = v.lines(c, fiber.HeaderAccessControlRequestMethod, v.method)
			v.headers = v.lines(c, fiber.HeaderAccessControlRequestHeaders, v.headers)
		}
	}
	r.Origin, r.RequestMethod, r.RequestHeaders = v.origin, v.method, v.headers
	if retains {
		return c.UserContext(), r.Clone()
	}
	return context.Background(), r
}

// lines adds one element for each field line.
func (v *visit) lines(c *fiber.Ctx, name string, to []string) []string {
	for _, value := range c.Request().Header.PeekAll(name) {
		to = v.append(to, value)
	}
	return to
}

func (v *visit) append(to []string, value []byte) []string {
	start := len(v.buf)
	v.buf = append(v.buf, value...)
	return append(to, utils.UnsafeString(v.buf[start:]))
}

// paths returns the path, decoded and as sent, as net/http would have them. A
// path that does not decode is returned twice as it is, which no policy with
// Paths takes for a path.
func paths(c *fiber.Ctx) (path, raw string) {
	sent := utils.UnsafeString(c.Request().URI().PathOriginal())
	if !strings.Contains(sent, "%") {
		return sent, ""
	}
	u, err := url.ParseRequestURI(sent)
	if err != nil {
		return sent, sent
	}
	return u.Path, u.RawPath
}
