package corsfiber

import (
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	concors "github.com/concors/concors/core"
)

// write puts the fields of d on the response, and deletes those that an outer
// layer left. What may be lost while a handler runs, it keeps.
func (v *visit) write(c *fiber.Ctx, d concors.Decision) {
	isStale, hasVary := look(c)
	keeps := !d.Preflight()
	for name, value := range d.Fields() {
		if isStale && name != fiber.HeaderVary {
			deleteFields(c, func(found []byte) bool { return utils.EqualFold(utils.UnsafeString(found), name) })
		}
		if value == "" {
			continue
		}
		if keeps {
			value = v.keep(name, value)
		}
		switch {
		case hasVary && name == fiber.HeaderVary:
			addVary(c, value)
		default:
			set(c, name, value)
		}
	}
}

// rewrite puts back what the handler lost by resetting the response. Where one
// of the fields is there, the handler set it, or nothing was lost. Vary is put
// back even if another policy answered: a cache must know all that the answer
// depends on.
func (v *visit) rewrite(c *fiber.Ctx) {
	if len(v.fields) > 0 && !hasAny(c) && c.Context().UserValue(lastVisit{}) == v {
		for _, f := range v.fields {
			set(c, f.name, f.value)
		}
	}
	if v.vary != "" && string(c.Response().Header.Peek(fiber.HeaderVary)) != v.vary {
		addVary(c, v.vary)
	}
}

// set sets a field that is not there. The bytes are copied, and the name is
// canonical.
func set(c *fiber.Ctx, name, value string) {
	c.Response().Header.SetCanonical(utils.UnsafeBytes(name), utils.UnsafeBytes(value))
}

const fieldPrefix = "Access-Control-"

func isField(name []byte) bool {
	return len(name) > len(fieldPrefix) && name[0]|0x20 == 'a' && utils.EqualFold(utils.UnsafeString(name[:len(fieldPrefix)]), fieldPrefix)
}

// look reports what an outer layer left: a field whose name begins like those
// of the CORS protocol, and Vary. PeekKeys leaves out what fasthttp keeps apart,
// such as Content-Type, which is neither.
func look(c *fiber.Ctx) (isStale, hasVary bool) {
	for _, name := range c.Response().Header.PeekKeys() {
		isStale = isStale || isField(name)
		hasVary = hasVary || string(name) == fiber.HeaderVary
	}
	return isStale, hasVary
}

// hasAny reports whether the response has one of the fields that a decision
// names, those without a value included: then the handler did not lose them.
// The first of them mostly stands there as it was written.
func hasAny(c *fiber.Ctx) bool {
	names := c.Response().Header.PeekKeys()
	for _, found := range names {
		if string(found) == fieldNames[0] {
			return true
		}
	}
	return slices.ContainsFunc(names, func(found []byte) bool {
		return isField(found) && slices.ContainsFunc(fieldNames, func(name string) bool {
			return utils.EqualFold(utils.UnsafeString(found), name)
		})
	})
}

// fieldNames are those of the fields that every decision names, Vary aside.
var fieldNames = func() (names []string) {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"*"}})
	if err != nil {
		panic(err)
	}
	for name := range policy.Decide(context.Background(), concors.Request{}).Fields() {
		names = append(names, name)
	}
	return names
}()

// deleteFields deletes every line of the fields that match, however they are
// spelled: without normalization, and where a handler went past it, names are
// as they were set.
func deleteFields(c *fiber.Ctx, match func(name []byte) bool) {
	for {
		names := c.Response().Header.PeekKeys()
		i := slices.IndexFunc(names, match)
		if i < 0 {
			return
		}
		deleteExactly(c, names[i])
	}
}

func deleteExactly(c *fiber.Ctx, name []byte) {
	h := &c.Response().Header
	h.DisableNormalizing()
	h.DelBytes(name)
	if !c.App().Server().DisableHeaderNamesNormalizing {
		h.EnableNormalizing()
	}
}

// addVary adds to Vary the names that are missing. Lines that are there stay:
// c.Vary would look at the first one only, and build a string.
func addVary(c *fiber.Ctx, names string) {
	h := &c.Response().Header
	if len(h.PeekAll(fiber.HeaderVary)) == 0 {
		set(c, fiber.HeaderVary, names)
		return
	}
	for name := range strings.SplitSeq(names, ", ") {
		if !contains(h.PeekAll(fiber.HeaderVary), name) {
			h.Add(fiber.HeaderVary, name)
		}
	}
}

func contains(lines [][]byte, name string) bool {
	for _, line := range lines {
		for element := range strings.SplitSeq(utils.UnsafeString(line), ",") {
			if utils.EqualFold(strings.Trim(element, " \t"), name) {
				return true
			}
		}
	}
	return false
}
