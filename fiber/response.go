package corsfiber

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	concors "github.com/concors/concors/core"
)

// write puts the fields of d on the response and reports whether there are any:
// no field means that no policy applies.
func write(c *fiber.Ctx, d concors.Decision) bool {
	isStale := hasFields(c)
	wrote := false
	for name, value := range d.Fields() {
		wrote = true
		switch {
		case name == fiber.HeaderVary:
			addVary(c, value)
			continue
		case isStale:
			deleteField(c, name)
		}
		if value != "" {
			// The bytes are copied, and the name is canonical.
			c.Response().Header.SetCanonical(utils.UnsafeBytes(name), utils.UnsafeBytes(value))
		}
	}
	return wrote
}

// rewrite puts back what the handler lost by resetting the response. Fields
// that are there were set by the handler, or never lost. Vary is put back even
// if another policy answered: a cache must know all that the answer depends on.
func rewrite(c *fiber.Ctx, d concors.Decision, isLast bool) {
	if isLast && !hasFields(c) {
		write(c, d)
		return
	}
	for name, value := range d.Fields() {
		if name == fiber.HeaderVary {
			addVary(c, value)
		}
	}
}

const fieldPrefix = "Access-Control-"

func isField(name []byte) bool {
	return len(name) > len(fieldPrefix) && strings.EqualFold(utils.UnsafeString(name[:len(fieldPrefix)]), fieldPrefix)
}

// hasFields reports whether the response has a field of the CORS protocol.
func hasFields(c *fiber.Ctx) bool {
	found := false
	c.Response().Header.VisitAll(func(name, _ []byte) { found = found || isField(name) })
	return found
}

// deleteField deletes every line of a field, however it is spelled: without
// normalization, and where a handler went past it, names are as they were set.
func deleteField(c *fiber.Ctx, name string) {
	for {
		var spelled []byte
		c.Response().Header.VisitAll(func(key, _ []byte) {
			if spelled == nil && strings.EqualFold(utils.UnsafeString(key), name) {
				spelled = key
			}
		})
		if spelled == nil {
			return
		}
		deleteExactly(c, spelled)
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
	present := h.PeekAll(fiber.HeaderVary)
	if len(present) == 0 {
		h.SetCanonical(utils.UnsafeBytes(fiber.HeaderVary), utils.UnsafeBytes(names))
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
			if strings.EqualFold(strings.Trim(element, " \t"), name) {
				return true
			}
		}
	}
	return false
}
