package corsfiber

import (
	"context"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	concors "github.com/concors/concors/core"
)

// describe fills in what the policy is asked. It stays in fasthttp's buffers,
// unless the policy has functions that may keep it: no handler runs, so nothing
// changes, before the decision is made and written.
func (v *visit) describe(c *fiber.Ctx, r *concors.Request, retains bool) context.Context {
	r.Method = c.Method()
	r.Path, r.RawPath = paths(c)
	isOptions := r.Method == fiber.MethodOptions
	if c.App().Server().DisableHeaderNamesNormalizing {
		c.Request().Header.VisitAll(func(key, value []byte) {
			switch name := utils.UnsafeString(key); {
			case utils.EqualFold(name, fiber.HeaderOrigin):
				v.origin = append(v.origin, utils.UnsafeString(value))
			case isOptions && utils.EqualFold(name, fiber.HeaderAccessControlRequestMethod):
				v.method = append(v.method, utils.UnsafeString(value))
			case isOptions && utils.EqualFold(name, fiber.HeaderAccessControlRequestHeaders):
				v.headers = append(v.headers, utils.UnsafeString(value))
			}
		})
	} else {
		v.origin = appendLines(v.origin, c, fiber.HeaderOrigin)
		if isOptions && len(v.origin) > 0 {
			// The names are normal, and too long to be made so once more.
			c.Request().Header.DisableNormalizing()
			v.method = appendLines(v.method, c, fiber.HeaderAccessControlRequestMethod)
			v.headers = appendLines(v.headers, c, fiber.HeaderAccessControlRequestHeaders)
			c.Request().Header.EnableNormalizing()
		}
	}
	r.Origin, r.RequestMethod, r.RequestHeaders = orNil(v.origin), orNil(v.method), orNil(v.headers)
	if retains {
		r.Host = host(c) // for the functions alone: no rule reads it
		*r = r.Clone()
		return c.UserContext()
	}
	return context.Background()
}

// appendLines appends one element for each field line.
func appendLines(to []string, c *fiber.Ctx, name string) []string {
	for _, value := range c.Request().Header.PeekAll(name) {
		to = append(to, utils.UnsafeString(value))
	}
	return to
}

// orNil returns nil for no lines, which is how a Request says so.
func orNil(lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	return lines
}

// host returns the Host field, or the host of a target in absolute form, as
// net/http does. fasthttp's own reading takes a host out of targets such as
// //evil.example/?u=:// too, and lets them choose what the policy sees.
func host(c *fiber.Ctx) string {
	if isAbsolute(c.Request().Header.RequestURI()) {
		return utils.UnsafeString(c.Context().Host())
	}
	return utils.UnsafeString(c.Request().Header.Host())
}

// isAbsolute reports whether a target begins with a scheme.
func isAbsolute(target []byte) bool {
	return len(target) > 0 && target[0] != '/' && target[0] != '*'
}

// paths returns the path, decoded and as sent, as net/http would have them. What
// is no path, or does not decode, is returned twice as it is, and no policy with
// Paths takes it for a path.
func paths(c *fiber.Ctx) (path, raw string) {
	sent := utils.UnsafeString(c.Request().URI().PathOriginal())
	target := utils.UnsafeString(c.Request().Header.RequestURI())
	if strings.HasPrefix(target, "//") || sent == "" && strings.HasPrefix(target, "/") {
		// fasthttp may have taken a part of it for a host, or could not read
		// it. Others, such as an upstream, read the target as it is: it must
		// lead to the same policy.
		if literal, _, _ := strings.Cut(target, "?"); literal != sent {
			return sent, literal
		}
	}
	switch {
	case sent == "", sent == "*":
		return sent, ""
	case sent[0] != '/':
		return sent, sent
	}
	isPlain := true
	for i := range len(sent) {
		if sent[i] == '%' {
			u, err := url.ParseRequestURI(sent)
			if err != nil {
				return sent, sent
			}
			return u.Path, u.RawPath
		}
		isPlain = isPlain && plain[sent[i]]
	}
	if !isPlain {
		return sent, sent
	}
	return sent, ""
}

// plain holds the bytes that net/url leaves as they are when it encodes a path.
var plain = func() (is [256]bool) {
	for _, b := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~$&+,/:;=@") {
		is[b] = true
	}
	return is
}()
