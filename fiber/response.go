package corsfiber

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	concors "github.com/concors/concors/core"
)

// write puts the fields of d on the response, and deletes those that an outer
// layer left.
func write(c *fiber.Ctx, d concors.Decision) {
	isStale := hasFields(c)
	for name, value := range d.Fields() {
		switch {
		case name == fiber.HeaderVary:
			addVary(c, value)
			continue
		case isStale:
			deleteField(c, name)
		}
		set(c, name, value)
	}
}

// rewrite puts back what the handler lost by resetting the response. Where one
// of the fields is there, the handler set it, or nothing was lost. Vary is put
// back even if another policy answered: a cache must know all that the answer
// depends on.
func rewrite(c *fiber.Ctx, fields []field, isLast bool) {
	isLost := isLast && !hasAny(c, fields)
	for _, f := range fields {
		switch {
		case f.name == fiber.HeaderVary:
			addVary(c, f.value)
		case isLost:
			set(c, f.name, f.value)
		}
	}
}

// set sets a field that is not there, unless value is empty. The bytes are
// copied, and the name is canonical.
func set(c *fiber.Ctx, name, value string) {
	if value != "" {
		c.Response().Header.SetCanonical(utils.UnsafeBytes(name), utils.UnsafeBytes(value))
	}
}

const fieldPrefix = "Access-Control-"

func isField(name []byte) bool {
	return len(name) > len(fieldPrefix) && utils.EqualFold(utils.UnsafeString(name[:len(fieldPrefix)]), fieldPrefix)
}

// hasFields reports whether the response has a field whose name begins like
// those of the CORS protocol.
func hasFields(c *fiber.Ctx) bool {
	found := false
	c.Response().Header.VisitAll(func(name, _ []byte) { found = found || isField(name) })
	return found
}

// hasAny reports whether the response has one of fields, Vary aside.
func hasAny(c *fiber.Ctx, fields []field) bool {
	found := false
	c.Response().Header.VisitAll(func(name, _ []byte) {
		for _, f := range fields {
			found = found || len(f.name) == len(name) && f.name != fiber.HeaderVary &&
				utils.EqualFold(utils.UnsafeString(name), f.name)
		}
	})
	return found
}

// deleteField deletes every line of a field, however it is spelled: without
// normalization, and where a handler went past it, names are as they were set.
func deleteField(c *fiber.Ctx, name string) {
	for {
		var spelled []byte
		c.Response().Header.VisitAll(func(key, _ []byte) {
			if spelled == nil && utils.EqualFold(utils.UnsafeString(key), name) {
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
	switch present := h.PeekAll(fiber.HeaderVary); {
	case len(present) == 0:
		h.SetCanonical(utils.UnsafeBytes(fiber.HeaderVary), utils.UnsafeBytes(names))
		return
	case string(present[0]) == names: // as this middleware left it
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
