package concors

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/concors/concors/core/internal/origin"
)

// origins checks allowOrigins and compiles it into r.
func (c *checker) origins(cfg *Config, hasFunc bool, r *rules) {
	r.origins.Grow(len(cfg.AllowOrigins))
	var seen repeats
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
			if seen == nil {
				seen = firstOf(cfg.AllowOrigins)
			}
			c.duplicate("allowOrigins", i, seen[text], text)
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
	if len(cfg.AllowOrigins) > 1 {
		c.add("allowOrigins", i, "*", ProblemWildcardBeside, `"*" includes every origin: remove the other entries, or the "*"`)
	}
	if cfg.AllowCredentials {
		c.add("allowOrigins", i, "*", ProblemAnyCredentialed, everySite)
	}
	if hasFunc {
		c.add("allowOrigins", i, "*", ProblemAnyWithFunc, `remove the "*", or the origin function`)
	}
}

const everySite = "every site on the web could read what the server shows to its visitors who are logged in: " +
	"list the origins that you trust, or turn allowCredentials off"

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
	case p.AnyHost && cfg.AllowCredentials:
		add(ProblemAnyCredentialed, everySite)
		return
	}
	isWeb := p.Scheme == "http" || p.Scheme == "https"
	if p.Subdomains && isWeb && !cfg.DangerouslyAllowPublicSuffixes && origin.IsPublicSuffix(p.Host) {
		add(ProblemPublicSuffix, fmt.Sprintf("anybody may get a name below %s: list the origins, or set dangerouslyAllowPublicSuffixes", p.Host))
	}
	if cfg.AllowCredentials && !cfg.DangerouslyAllowInsecureOrigins && isInsecure(p.Scheme, p.Host) {
		safe := strings.TrimSuffix("https"+strings.TrimPrefix(p.Text, "http"), ":443")
		add(ProblemInsecureCredentials, "whoever sits in a visitor's network can speak for it: write "+strconv.Quote(safe)+
			", or set dangerouslyAllowInsecureOrigins")
	}
}

// isInsecure reports whether pages of an origin travel without protection
// beyond the machine.
func isInsecure(scheme, host string) bool {
	return scheme == "http" && !origin.IsLoopback(host)
}
