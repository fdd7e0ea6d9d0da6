package gateway

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	concors "github.com/concors/concors/core"
)

// part is one policy of a Config: the outer one, or that of a key of Paths.
type part struct {
	key string // "" for the outer one
	cfg concors.Config
}

// partsOf returns the policies of a valid Config, the outer one first and the
// keys in order. Where the key "/" covers every path, there is no outer one.
func partsOf(cfg concors.Config) []part {
	var parts []part
	if _, all := cfg.Paths["/"]; !all {
		parts = append(parts, part{cfg: cfg})
	}
	for _, key := range slices.Sorted(maps.Keys(cfg.Paths)) {
		parts = append(parts, part{key, cfg.Paths[key]})
	}
	return parts
}

// passes reports whether requests pass untouched: the Config is valid, so
// without origins it is {}.
func (p part) passes() bool { return len(p.cfg.AllowOrigins) == 0 }

// prefix is what the names of its fields begin with.
func (p part) prefix() string {
	if p.key == "" {
		return ""
	}
	return "paths[" + strconv.Quote(p.key) + "]."
}

// isTree reports whether p covers everything below a path, rather than one
// path with and without a slash.
func (p part) isTree() bool { return p.key == "" || strings.HasSuffix(p.key, "/") }

// path is the path that p covers, without a slash at its end; "" is all paths.
func (p part) path() string { return strings.TrimSuffix(p.key, "/") }

// switches notes the escape hatches, which no target has.
func (l *ledger) switches(cfg concors.Config) {
	const hint = "it weakens nothing there, since only NewPolicy asks for it: set it again where the policy is read back"
	if cfg.DangerouslyAllowNullOrigin {
		l.add("dangerouslyAllowNullOrigin", -1, "true", Differs, hint)
	}
	if cfg.DangerouslyAllowInsecureOrigins {
		l.add("dangerouslyAllowInsecureOrigins", -1, "true", Differs, hint)
	}
	if cfg.DangerouslyAllowPublicSuffixes {
		l.add("dangerouslyAllowPublicSuffixes", -1, "true", Differs, hint)
	}
}

// ambiguous notes what a policy with Paths denies and no target does.
func (l *ledger) ambiguous(hint string) {
	l.add("paths", -1, "", Wider, "the target takes a path as it reads it, where the policy denies one that routers read "+
		"differently, such as /A/x or /a%2Fx beside the key /a/: "+hint)
}
