package gateway

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/internal/origin"
)

// EnvoyRoutes writes cfg as the JSON of the routes of a virtual host of Envoy
// (config.route.v3.Route), each with its CorsPolicy (filters.http.cors.v3) for
// the filter envoy.filters.http.cors and with Vary: Origin, which Envoy does not
// add by itself. action is the RouteAction of every route, such as
// {"cluster": "api"}; with nil there is none, for the caller to fill in.
//
// The routes stand in the order in which Envoy must try them: exact paths, then
// the longest prefix. Keep other routes with these paths behind them, and no
// CorsPolicy on the virtual host: Envoy takes what a route leaves empty from
// there. A route without a policy, for {} and for what no key covers if cfg holds
// Paths alone, passes requests untouched. Beside the key "/", which covers every
// path, nothing is written for the outer fields.
//
// Patterns become regular expressions that match nothing but what the pattern
// does. Envoy must know forward_not_matching_preflights, which keeps preflights
// from refused origins away from the handler. The error is that of [concors.NewPolicy], or says that action is no
// JSON. An origin function cannot be written: what it alone admits is refused.
func EnvoyRoutes(cfg concors.Config, action json.RawMessage) (json.RawMessage, []Loss, error) {
	if _, err := concors.NewPolicy(cfg); err != nil {
		return nil, nil, err
	}
	var l ledger
	var routes []envoyRoute
	hasPolicy, hasRegexp := false, false
	for _, p := range partsOf(cfg) {
		l.prefix = p.prefix()
		policy := l.envoyPolicy(p)
		hasPolicy = hasPolicy || policy != nil
		hasRegexp = hasRegexp || policy.hasRegexp()
		for _, match := range p.envoyMatches() {
			routes = append(routes, newEnvoyRoute(match, policy, action))
		}
	}
	slices.SortStableFunc(routes, func(a, b envoyRoute) int { return cmp.Compare(b.Match.rank(), a.Match.rank()) })
	l.prefix = ""
	if hasPolicy && len(cfg.Paths) > 0 {
		l.ambiguous("set normalize_path, merge_slashes and path_with_escaped_slashes_action of the connection manager")
	}
	if hasPolicy {
		l.whole(Differs, "Envoy answers every preflight with 200, without Access-Control-Allow-Origin if the origin is refused, "+
			"and leaves it to the browser to refuse a method or a header")
		l.whole(Differs, "Envoy leaves what the server behind it writes of CORS on answers to refused origins: remove its CORS; "+
			"and its own answers to preflights may lack Vary: let no cache keep OPTIONS")
	}
	if hasRegexp {
		l.whole(NeedsSetting, "Envoy refuses a regular expression as large as these unless the runtime value "+
			"re2.max_program_size.error_level, 100 by default, is raised: 4096 is enough")
	}
	text, err := json.MarshalIndent(routes, "", "  ")
	return text, l.losses, err
}

type envoyRoute struct {
	Match     envoyMatch              `json:"match"`
	Action    json.RawMessage         `json:"route,omitempty"`
	PerFilter map[string]*envoyPolicy `json:"typed_per_filter_config,omitempty"`
	Add       []envoyHeaderOption     `json:"response_headers_to_add,omitempty"`
}

type envoyMatch struct {
	Path      string `json:"path,omitempty"`
	Separated string `json:"path_separated_prefix,omitempty"`
	Prefix    string `json:"prefix,omitempty"`
}

type envoyHeaderOption struct {
	Header struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	} `json:"header"`
}

type envoyPolicy struct {
	Type        string         `json:"@type"`
	Origins     []envoyMatcher `json:"allow_origin_string_match"`
	Methods     string         `json:"allow_methods,omitempty"`
	Headers     string         `json:"allow_headers,omitempty"`
	Expose      string         `json:"expose_headers,omitempty"`
	MaxAge      string         `json:"max_age,omitempty"`
	Credentials bool           `json:"allow_credentials,omitempty"`
	Forward     bool           `json:"forward_not_matching_preflights"` // to the handler: never
}

type envoyMatcher struct {
	Exact  string       `json:"exact,omitempty"`
	Regexp *envoyRegexp `json:"safe_regex,omitempty"`
}

type envoyRegexp struct {
	Regexp string `json:"regex"`
}

func newEnvoyRoute(match envoyMatch, policy *envoyPolicy, action json.RawMessage) envoyRoute {
	r := envoyRoute{Match: match, Action: action}
	if policy != nil {
		r.PerFilter = map[string]*envoyPolicy{"envoy.filters.http.cors": policy}
		r.Add = make([]envoyHeaderOption, 1)
		r.Add[0].Header.Key, r.Add[0].Header.Value = "Vary", "Origin"
	}
	return r
}

// rank orders routes: an exact path beats a prefix, a longer prefix a shorter.
func (m envoyMatch) rank() int {
	if m.Path != "" {
		return int(^uint(0) >> 1)
	}
	return len(m.Separated)
}

// envoyMatches says which paths p covers.
func (p part) envoyMatches() []envoyMatch {
	switch {
	case !p.isTree():
		return []envoyMatch{{Path: p.path()}, {Path: p.path() + "/"}}
	case p.path() == "":
		return []envoyMatch{{Prefix: "/"}}
	}
	return []envoyMatch{{Separated: p.path()}}
}

// envoyPolicy writes the policy of p, or returns nil if there is none, or none
// is left.
func (l *ledger) envoyPolicy(p part) *envoyPolicy {
	if p.passes() {
		return nil
	}
	cfg := p.cfg
	policy := &envoyPolicy{
		Type:        "type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy",
		Origins:     l.envoyOrigins(cfg.AllowOrigins),
		Methods:     strings.Join(cfg.AllowMethods, ", "),
		Headers:     strings.Join(cfg.AllowHeaders, ", "),
		Expose:      strings.Join(cfg.ExposeHeaders, ", "),
		Credentials: cfg.AllowCredentials,
	}
	l.envoyStars(cfg, policy)
	if cfg.MaxAge != 0 {
		policy.MaxAge = strconv.Itoa(max(cfg.MaxAge, 0))
	}
	if status := cfg.PreflightStatus; status != 0 && status != 200 {
		l.add("preflightStatus", -1, strconv.Itoa(status), LeftOut, "Envoy answers a preflight with 200")
	}
	l.switches(cfg)
	if len(policy.Origins) == 0 {
		l.add("allowOrigins", -1, "", LeftOut, "no entry is left: no policy is written here")
		return nil
	}
	return policy
}

// envoyStars sees to "*" in the lists that a preflight is answered with.
func (l *ledger) envoyStars(cfg concors.Config, policy *envoyPolicy) {
	const writesBack = "newer versions of Envoy write back what the page asks for, older ones this sign, which browsers refuse with credentials"
	if policy.Methods == "*" && cfg.AllowCredentials {
		l.add("allowMethods", 0, "*", Differs, writesBack)
	}
	switch {
	case policy.Headers != "*":
	case cfg.AllowCredentials:
		l.add("allowHeaders", 0, "*", Differs, writesBack)
	default:
		policy.Headers = "*, Authorization" // which "*" does not cover
	}
}

func (l *ledger) envoyOrigins(list []string) []envoyMatcher {
	var matchers []envoyMatcher
	for i, text := range list {
		p, _ := origin.ParsePattern(text)
		if p.Any {
			l.add("allowOrigins", i, text, Differs, "Envoy writes the page's origin back, and no field on answers without Origin")
		}
		if p.Any || p.IsExact() {
			matchers = append(matchers, envoyMatcher{Exact: text})
			continue
		}
		expr, effect, hint := originRegexp(p)
		if hint != "" {
			l.add("allowOrigins", i, text, effect, hint)
		}
		if expr != "" {
			matchers = append(matchers, envoyMatcher{Regexp: &envoyRegexp{expr}})
		}
	}
	return matchers
}

func (p *envoyPolicy) hasRegexp() bool {
	return p != nil && slices.ContainsFunc(p.Origins, func(m envoyMatcher) bool { return m.Regexp != nil })
}
