package concors

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

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

// besideOthers reports whether a list with "*" has other entries too.
func besideOthers(list []string) bool {
	return slices.ContainsFunc(list, func(entry string) bool { return entry != "*" })
}

// repeats tells where in a list a value stands first.
type repeats map[string]int

// of returns the index of the first entry that equals the one at index, if it
// is an earlier one.
func (r repeats) of(value string, index int) (first int, repeated bool) {
	if first, ok := r[value]; ok {
		return first, first != index
	}
	r[value] = index
	return index, false
}

// unique notes a fault if an earlier entry says the same as value, which may be
// folded to compare by.
func (c *checker) unique(name string, index int, entry, folded string, seen repeats) {
	if first, repeated := seen.of(folded, index); repeated {
		c.add(name, index, entry, ProblemDuplicate, fmt.Sprintf("remove it; %s[%d] says the same", name, first))
	}
}

func (c *checker) methods(cfg *Config) {
	const name = "allowMethods"
	seen := repeats{}
	for i, m := range cfg.AllowMethods {
		normal := method.Normalize(m)
		switch {
		case m == "*":
			if besideOthers(cfg.AllowMethods) {
				c.add(name, i, m, ProblemWildcardBeside, `"*" includes every method: remove the other entries, or the "*"`)
			}
			c.unique(name, i, m, m, seen)
		case !field.IsToken(m):
			c.add(name, i, m, ProblemMethodToken, notToken(m, `such as "PUT"`, offerMethod))
		case method.IsForbidden(m):
			c.add(name, i, m, ProblemMethodForbidden, "remove it; no page can use CONNECT, TRACE or TRACK")
		case normal != m:
			c.add(name, i, m, ProblemMethodCase, "browsers send this method in upper case: write "+strconv.Quote(normal))
		case m == "patch" && meansPATCH(cfg.AllowMethods):
			c.add(name, i, m, ProblemMethodCase, "PATCH is another method to browsers, which leave the case of this one as it is: write \"PATCH\"")
		default:
			c.unique(name, i, m, m, seen)
		}
	}
}

// meansPATCH reports whether "patch" in a list is PATCH. Alone it is legal, for
// a page that says patch sends patch; but whoever has other methods in lower
// case, which are refused, does not know that.
func meansPATCH(list []string) bool {
	return !slices.Contains(list, "PATCH") && slices.ContainsFunc(list, func(m string) bool {
		return method.Normalize(m) != m && m == strings.ToLower(m)
	})
}

func (c *checker) allowHeaders(cfg *Config) {
	const name = "allowHeaders"
	seen := repeats{}
	for i, header := range cfg.AllowHeaders {
		switch {
		case header == "*":
			if besideOthers(cfg.AllowHeaders) {
				c.add(name, i, header, ProblemWildcardBeside, `"*" includes every header, Authorization too: remove the other entries, or the "*"`)
			}
			c.unique(name, i, header, header, seen)
		case !field.IsToken(header):
			c.add(name, i, header, ProblemHeaderToken, notHeader(header, `such as "Content-Type"`, offerRequestHeader))
		case field.IsCORS(header):
			c.add(name, i, header, ProblemHeaderCORS, "remove it; the browser and Concors write the fields of the CORS protocol by themselves")
		case field.IsForbiddenRequest(header):
			c.add(name, i, header, ProblemHeaderForbidden, forbiddenHint(header))
		default:
			c.unique(name, i, header, strings.ToLower(header), seen)
		}
	}
}

// forbiddenHint is what most people who come from another library read first:
// Origin, Content-Length and the like are in popular defaults.
func forbiddenHint(header string) string {
	switch header := strings.ToLower(header); {
	case header == "origin":
		return "remove it; the browser sends Origin by itself and never asks for it in a preflight, " +
			"and allowOrigins says which origins are allowed"
	case strings.HasPrefix(header, "sec-"), strings.HasPrefix(header, "proxy-"):
		return "remove it, or give a header of your own a name without the prefix Sec- or Proxy-, which browsers keep to themselves"
	}
	return "remove it; the browser sends it by itself where it is needed and never asks for it in a preflight"
}

func (c *checker) exposeHeaders(cfg *Config) {
	const name = "exposeHeaders"
	seen := repeats{}
	for i, header := range cfg.ExposeHeaders {
		switch {
		case header == "*":
			if besideOthers(cfg.ExposeHeaders) {
				c.add(name, i, header, ProblemWildcardBeside, `"*" includes every header: remove the other entries, or the "*"`)
			}
			if cfg.AllowCredentials {
				c.add(name, i, header, ProblemWildcardCredentialed, "list the headers; browsers would look for one that is named \"*\"")
			}
			c.unique(name, i, header, header, seen)
		case !field.IsToken(header):
			c.add(name, i, header, ProblemHeaderToken, notHeader(header, `such as "ETag"`, offerResponseHeader))
		case field.IsForbiddenResponse(header):
			c.add(name, i, header, ProblemHeaderUnreadable, "remove it; browsers keep cookies from scripts, exposed or not")
		default:
			c.unique(name, i, header, strings.ToLower(header), seen)
		}
	}
}

// maxMaxAge is a day, in seconds.
const maxMaxAge = 86400

func (c *checker) numbers(cfg *Config) {
	if cfg.MaxAge > maxMaxAge {
		hint := "no browser keeps a preflight longer than 86400 seconds: write 86400 or less"
		if d := time.Duration(cfg.MaxAge); d%time.Second == 0 && d/time.Second <= maxMaxAge {
			hint = fmt.Sprintf("it looks like a time.Duration: write seconds, %d", d/time.Second)
		}
		c.add("maxAge", -1, strconv.Itoa(cfg.MaxAge), ProblemMaxAge, hint)
	}
	if s := cfg.PreflightStatus; s != 0 && (s < 200 || s > 299) {
		c.add("preflightStatus", -1, strconv.Itoa(s), ProblemPreflightStatus, "browsers take 200 to 299: leave it out for 204")
	}
}
