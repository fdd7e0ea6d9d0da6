package concors

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/concors/concors/core/internal/field"
	"github.com/concors/concors/core/internal/method"
)

// checker gathers the faults of a Config.
type checker struct {
	faults ConfigErrors
	prefix string // paths["/api/"]. while a policy of Paths is checked
}

// add notes a fault of a field, or of one entry of it if index is not -1.
func (c *checker) add(name string, index int, value string, problem Problem, hint string) {
	name = c.prefix + name
	if index >= 0 {
		name += "[" + strconv.Itoa(index) + "]"
	}
	c.faults = append(c.faults, &ConfigError{Field: name, Value: value, Problem: problem, Hint: hint})
}

// repeats tells where in a list a value stands first.
type repeats map[string]int

// of returns the index of the first entry that equals the one at index, if it
// is an earlier one.
func (r repeats) of(value string, index int) (first int, repeated bool) {
	if first, ok := r[value]; ok {
		return first, true
	}
	r[value] = index
	return index, false
}

func (c *checker) duplicate(name string, index, first int, value string) {
	c.add(name, index, value, ProblemDuplicate, fmt.Sprintf("remove it; %s[%d] says the same", c.prefix+name, first))
}

func (c *checker) methods(cfg *Config) {
	const name = "allowMethods"
	seen := repeats{}
	for i, m := range cfg.AllowMethods {
		normal := method.Normalize(m)
		switch {
		case m == "*" && len(cfg.AllowMethods) > 1:
			c.add(name, i, m, ProblemWildcardBeside, `"*" includes every method: remove the other entries, or the "*"`)
		case m == "*":
		case !field.IsToken(m):
			c.add(name, i, m, ProblemMethodToken, notToken(m, `such as "PUT"`))
		case method.IsForbidden(m):
			c.add(name, i, m, ProblemMethodForbidden, "remove it; no page can use CONNECT, TRACE or TRACK")
		case normal != m:
			c.add(name, i, m, ProblemMethodCase, "browsers send this method in upper case: write "+strconv.Quote(normal))
		default:
			if first, repeated := seen.of(m, i); repeated {
				c.duplicate(name, i, first, m)
			}
		}
	}
}

func (c *checker) allowHeaders(cfg *Config) {
	const name = "allowHeaders"
	seen := repeats{}
	for i, header := range cfg.AllowHeaders {
		switch {
		case header == "*" && len(cfg.AllowHeaders) > 1:
			c.add(name, i, header, ProblemWildcardBeside, `"*" includes every header, Authorization too: remove the other entries, or the "*"`)
		case header == "*":
		case !field.IsToken(header):
			c.add(name, i, header, ProblemHeaderToken, notToken(header, `such as "Content-Type"`))
		case field.IsCORS(header):
			c.add(name, i, header, ProblemHeaderCORS, "remove it; the browser and Concors write the fields of the CORS protocol by themselves")
		case strings.EqualFold(header, "Origin"):
			c.add(name, i, header, ProblemHeaderForbidden, "remove it; the browser sends Origin by itself and never asks "+
				"for it in a preflight, and allowOrigins says which origins are allowed")
		case field.IsForbiddenRequest(header):
			c.add(name, i, header, ProblemHeaderForbidden, "remove it; the browser sets it by itself and never asks for it in a preflight")
		default:
			if first, repeated := seen.of(strings.ToLower(header), i); repeated {
				c.duplicate(name, i, first, header)
			}
		}
	}
}

func (c *checker) exposeHeaders(cfg *Config) {
	const name = "exposeHeaders"
	seen := repeats{}
	for i, header := range cfg.ExposeHeaders {
		switch {
		case header == "*":
			if len(cfg.ExposeHeaders) > 1 {
				c.add(name, i, header, ProblemWildcardBeside, `"*" includes every header: remove the other entries, or the "*"`)
			}
			if cfg.AllowCredentials {
				c.add(name, i, header, ProblemWildcardCredentialed, "list the headers; browsers would look for one that is named \"*\"")
			}
		case !field.IsToken(header):
			c.add(name, i, header, ProblemHeaderToken, notToken(header, `such as "ETag"`))
		case field.IsForbiddenResponse(header):
			c.add(name, i, header, ProblemHeaderUnreadable, "remove it; browsers keep cookies from scripts, exposed or not")
		default:
			if first, repeated := seen.of(strings.ToLower(header), i); repeated {
				c.duplicate(name, i, first, header)
			}
		}
	}
}

func (c *checker) numbers(cfg *Config) {
	const longest = 86400
	if cfg.MaxAge > longest {
		c.add("maxAge", -1, strconv.Itoa(cfg.MaxAge), ProblemMaxAge, "no browser keeps a preflight longer than 86400 seconds: write 86400 or less")
	}
	if s := cfg.PreflightStatus; s != 0 && (s < 200 || s > 299) {
		c.add("preflightStatus", -1, strconv.Itoa(s), ProblemPreflightStatus, "browsers take 200 to 299: leave it out for 204")
	}
}

// notToken says how to mend an entry that is no token: in most cases several
// names stand in one entry, or a blank crept in.
func notToken(value, example string) string {
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\t' || r == '\n' || r == '\r' })
	switch {
	case value == "":
		return "remove the empty entry"
	case len(parts) == 0 || slices.ContainsFunc(parts, func(p string) bool { return !field.IsToken(p) }):
		return "write letters, digits and hyphens, " + example
	case len(parts) == 1:
		return "write " + strconv.Quote(parts[0])
	}
	for i, part := range parts {
		parts[i] = strconv.Quote(part)
	}
	return "give each name an entry of its own: " + strings.Join(parts, ", ")
}
