package concors

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/concors/concors/core/internal/origin"
)

// origins checks allowOrigins and compiles it into r.
func (c *checker) origins(cfg *Config, hasFunc bool, r *rules) {
	exact := 0
	for _, text := range cfg.AllowOrigins {
		if !strings.Contains(text, "*") {
			exact++
		}
	}
	r.origins = origin.NewSet(exact)
	var first repeats // made only if something repeats: lists may be long
	for i, text := range cfg.AllowOrigins {
		p, fault := origin.ParsePattern(text)
		if fault != nil {
			c.add("allowOrigins", i, text, Problem(fault.Code), fault.Hint)
			continue
		}
		if p.Any {
			r.anyOrigin = true
			c.anyOrigin(cfg, i, hasFunc)
			continue
		}
		c.risks(cfg, i, p)
		if !r.origins.Add(p) {
			if first == nil {
				first = firstOf(cfg.AllowOrigins)
			}
			c.unique("allowOrigins", i, text, text, first)
		}
	}
}

func firstOf(list []string) repeats {
	seen := make(repeats, len(list))
	for i, text := range list {
		seen.of(text, i)
	}
	return seen
}

// anyOrigin checks the entry "*".
func (c *checker) anyOrigin(cfg *Config, i int, hasFunc bool) {
	if besideOthers(cfg.AllowOrigins) {
		c.add("allowOrigins", i, "*", ProblemWildcardBeside, `"*" includes every origin: remove the other entries, or the "*"`)
	}
	if cfg.AllowCredentials {
		c.add("allowOrigins", i, "*", ProblemAnyCredentialed, everySite)
	}
	if hasFunc {
		c.add("allowOrigins", i, "*", ProblemAnyWithFunc, `remove the "*", or the origin function`)
	}
	c.unique("allowOrigins", i, "*", "*", repeats{"*": slices.Index(cfg.AllowOrigins, "*")})
}

const (
	everySite = "every site on the web" + couldRead
	everyPage = "every page of this scheme" + couldRead
	couldRead = " could read what the server shows to its visitors who are logged in: " +
		"list the origins that you trust, or turn allowCredentials off"
)

// risks checks an entry that is well formed but may let in whom nobody meant.
func (c *checker) risks(cfg *Config, i int, p origin.Pattern) {
	add := func(problem Problem, hint string) { c.add("allowOrigins", i, p.Text, problem, hint) }
	switch {
	case p.Null && cfg.AllowCredentials:
		add(ProblemNullCredentialed, "remove it, or turn allowCredentials off; any site can make a frame with this origin")
		return
	case p.Null && !cfg.DangerouslyAllowNullOrigin:
		add(ProblemNullOrigin, "remove it, or set dangerouslyAllowNullOrigin")
		return
	case p.AnyHost && cfg.AllowCredentials && !p.IsWeb():
		add(ProblemAnyCredentialed, everyPage)
		return
	case p.AnyHost && cfg.AllowCredentials:
		add(ProblemAnyCredentialed, everySite)
		return
	}
	isShared := !cfg.DangerouslyAllowPublicSuffixes && p.IsShared()
	if isShared {
		add(ProblemPublicSuffix, fmt.Sprintf("list the origins, or set dangerouslyAllowPublicSuffixes if all names below %s are yours", p.Host))
	}
	if cfg.AllowCredentials && !cfg.DangerouslyAllowInsecureOrigins && isInsecure(p.Scheme, p.Host) {
		hint := "set dangerouslyAllowInsecureOrigins"
		if safe := origin.Repair("https" + strings.TrimPrefix(p.Text, "http")); safe != "" && !isShared {
			hint = "write " + strconv.Quote(safe) + ", or " + hint
		}
		add(ProblemInsecureCredentials, "whoever sits in a visitor's network can speak for it: "+hint)
	}
}

// isInsecure reports whether pages of an origin travel without protection
// beyond the machine.
func isInsecure(scheme, host string) bool {
	return scheme == "http" && !origin.IsLoopback(host)
}
