package concors

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/concors/concors/core/internal/field"
	"github.com/concors/concors/core/internal/method"
	"github.com/concors/concors/core/internal/origin"
	"github.com/concors/concors/core/internal/path"
)

// compiled is a whole Config, ready to decide by. It is immutable, so that a
// response is wholly of one policy however often the policy is reloaded.
type compiled struct {
	config Config
	outer  *rules             // for paths that no key covers
	paths  *path.Tree[*rules] // nil: the Config has no Paths

	fingerprint fingerprint
}

// rules is one policy, Paths aside. Everything that depends on the Config alone
// is computed when it is built.
type rules struct {
	key    string // of Paths, or ""
	passes bool   // no CORS here: requests pass untouched

	anyOrigin   bool // "*"
	anyMethod   bool
	anyHeader   bool
	credentials bool
	insecureOK  bool // the origin function may be asked for http origins
	origins     origin.Set
	methods     method.Set
	headers     field.Names

	answers answers
	status  int // of a successful preflight
}

// ambiguous is what a path is answered by that routers read differently: under
// a policy, but allowed nothing.
var ambiguous = &rules{}

// nestedHint is for paths inside paths.
const nestedHint = "move these keys to the outer paths, where the longest one wins"

// compile checks cfg whole and builds what decides. It keeps no memory of cfg
// but its strings.
func compile(cfg Config, hasFunc bool) (*compiled, error) {
	c := compiled{config: cfg.clone(), outer: &rules{passes: true}}
	var check checker
	if len(cfg.Paths) == 0 {
		c.outer = check.policy(&c.config, hasFunc, `list the origins of the pages, such as "https://app.example.com"`)
	} else {
		if !c.config.isEmpty() {
			c.outer = check.policy(&c.config, hasFunc, `list the origins of the pages, or move the other fields into paths, which inherits nothing`)
		}
		c.paths = check.tree(c.config.Paths, hasFunc)
	}
	if len(check.faults) > 0 {
		return nil, check.faults
	}
	return &c, nil
}

// policy checks one policy, Paths aside, and compiles it. With no origins, the
// origin function decides; without one, the hint says what to do.
func (c *checker) policy(cfg *Config, hasFunc bool, hint string) *rules {
	if len(cfg.AllowOrigins) == 0 && !hasFunc {
		c.add("allowOrigins", -1, "", ProblemNoOrigins, hint)
	}
	r := &rules{
		credentials: cfg.AllowCredentials,
		insecureOK:  cfg.DangerouslyAllowInsecureOrigins,
		status:      cfg.PreflightStatus,
	}
	if r.status == 0 {
		r.status = 204
	}
	c.origins(cfg, hasFunc, r)
	c.methods(cfg)
	c.allowHeaders(cfg)
	c.exposeHeaders(cfg)
	c.numbers(cfg)
	if len(c.faults) > 0 {
		return nil // nothing is built on faulty lists
	}
	if r.anyMethod = slices.Contains(cfg.AllowMethods, "*"); !r.anyMethod {
		r.methods = method.NewSet(cfg.AllowMethods)
	}
	if r.anyHeader = slices.Contains(cfg.AllowHeaders, "*"); !r.anyHeader {
		r.headers = field.NewNames(cfg.AllowHeaders)
	}
	r.answers = newAnswers(cfg, r)
	return r
}

// tree checks and compiles the policies of Paths.
func (c *checker) tree(paths map[string]Config, hasFunc bool) *path.Tree[*rules] {
	tree := new(path.Tree[*rules])
	spellings := make(map[string]string, len(paths))
	for _, key := range slices.Sorted(maps.Keys(paths)) {
		inner := paths[key]
		c.prefix = pathField("paths", key)
		c.key(key, spellings)
		c.prefix += "."
		compiled := &rules{passes: true}
		if !inner.isEmpty() {
			compiled = c.policy(&inner, hasFunc, "list the origins of the pages, or write {} for no CORS on this path")
		}
		if len(inner.Paths) > 0 {
			c.add("paths", -1, "", ProblemPathsNested, nestedHint)
		}
		if len(c.faults) == 0 {
			compiled.key = key
			tree.Add(key, compiled)
		}
	}
	c.prefix = ""
	return tree
}

// key checks a key of Paths. Of two keys that differ in case, a request finds
// neither where they meet, since routers disagree; /a beside /a/ is fine.
func (c *checker) key(key string, spellings map[string]string) {
	if fault := path.CheckKey(key); fault != nil {
		c.add("", -1, key, Problem(fault.Code), fault.Hint)
		return
	}
	folded := path.Fold(strings.TrimSuffix(key, "/"))
	other, taken := spellings[folded]
	if taken && strings.TrimSuffix(other, "/") != strings.TrimSuffix(key, "/") {
		c.add("", -1, key, ProblemPathCase, "some routers read it as "+strconv.Quote(other)+": write both alike, or keep one")
		return
	}
	spellings[folded] = key
}
