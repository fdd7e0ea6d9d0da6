package gateway

import (
	"encoding/json"
	"fmt"

	concors "github.com/concors/concors/core"
)

// HTTPRouteRules writes cfg as the JSON of spec.rules of an HTTPRoute (Gateway
// API v1, HTTPCORSFilter), which kubectl takes where it takes YAML. backendRefs
// goes into every rule as it is; with nil there is none, for the caller to fill
// in. Without Paths there is one rule, with one filter.
//
// A key of Paths becomes matches: "/a/" a PathPrefix, "/a" two Exact ones, with
// and without a slash. The precedence that the Gateway API gives to matches is
// that of Paths, whatever the order of rules and however many HTTPRoutes hold
// them. Keys with the same policy share a rule; {} becomes a rule without a
// filter, and so does what no key covers if cfg holds Paths alone. Beside the
// key "/", which covers every path, nothing is written for the outer fields.
//
// Wildcards of the Gateway API do not count bytes: names that are too long for
// DNS, which the policy refuses, pass them.
//
// A Config that does not fit is not written in part: the keys that were missing
// would fall to a policy around them. The rules are then nil and the last Loss
// says why. The error is that of [concors.NewPolicy], or says that backendRefs
// is no JSON. An origin function cannot be written: what it alone admits is
// refused.
func HTTPRouteRules(cfg concors.Config, backendRefs json.RawMessage) (json.RawMessage, []Loss, error) {
	if _, err := concors.NewPolicy(cfg); err != nil {
		return nil, nil, err
	}
	var l ledger
	var table ruleTable
	parts := partsOf(cfg)
	hasFilter := false
	for _, p := range parts {
		l.prefix = p.prefix()
		filter := l.corsFilter(p)
		hasFilter = hasFilter || filter != nil
		if err := table.add(filter, p.matches()); err != nil {
			return nil, nil, err
		}
	}
	l.prefix = ""
	if hasFilter && len(cfg.Paths) > 0 {
		l.ambiguous("let the gateway normalise paths, or refuse such ones")
	}
	if hasFilter {
		l.whole(Differs, "the gateway chooses the status of a preflight, 200 or 204, and for a refused one 403 or one of these "+
			"without fields, and whether answers carry Vary: Origin, which caches between it and the page need")
	}
	if hint := table.tooLarge(); hint != "" {
		l.add("paths", -1, "", LeftOut, hint+": nothing is written")
		return nil, l.losses, nil
	}
	rules, err := table.marshal(backendRefs)
	return rules, l.losses, err
}

// Bounds of the Gateway API (v1.4, the markers of HTTPRouteSpec, HTTPRouteRule
// and HTTPPathMatch).
const (
	maxRules   = 16
	maxMatches = 64  // of a rule
	maxOfRoute = 128 // of all rules
	maxPath    = 1024
)

type routeRule struct {
	Matches     []routeMatch    `json:"matches"`
	Filters     []routeFilter   `json:"filters,omitempty"`
	BackendRefs json.RawMessage `json:"backendRefs,omitempty"`
}

type routeMatch struct {
	Path pathMatch `json:"path"`
}

type pathMatch struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

type routeFilter struct {
	Type string      `json:"type"`
	CORS *corsFilter `json:"cors"`
}

// matches says which paths p covers. A PathPrefix goes by whole segments, and
// an Exact match beats it, as "/a" beats "/a/".
func (p part) matches() []routeMatch {
	if !p.isTree() {
		return []routeMatch{{pathMatch{"Exact", p.path()}}, {pathMatch{"Exact", p.path() + "/"}}}
	}
	if p.path() == "" {
		return []routeMatch{{pathMatch{"PathPrefix", "/"}}}
	}
	return []routeMatch{{pathMatch{"PathPrefix", p.path()}}}
}

// ruleTable gathers rules, one for each filter as long as its matches fit.
type ruleTable struct {
	rules []routeRule
	last  map[string]int // the rule with room for a filter, by its JSON
	total int            // matches
}

func (t *ruleTable) add(filter *corsFilter, matches []routeMatch) error {
	text, err := json.Marshal(filter)
	if err != nil {
		return err
	}
	t.total += len(matches)
	if i, ok := t.last[string(text)]; ok && len(t.rules[i].Matches)+len(matches) <= maxMatches {
		t.rules[i].Matches = append(t.rules[i].Matches, matches...)
		return nil
	}
	rule := routeRule{Matches: matches}
	if filter != nil {
		rule.Filters = []routeFilter{{"CORS", filter}}
	}
	if t.last == nil {
		t.last = make(map[string]int)
	}
	t.last[string(text)] = len(t.rules)
	t.rules = append(t.rules, rule)
	return nil
}

// tooLarge says which bound of an HTTPRoute the rules exceed, if any.
func (t *ruleTable) tooLarge() string {
	for _, rule := range t.rules {
		for _, match := range rule.Matches {
			if n := len(match.Path.Value); n > maxPath {
				return fmt.Sprintf("a path of %d bytes, where a match has at most %d", n, maxPath)
			}
		}
	}
	if len(t.rules) > maxRules {
		return fmt.Sprintf("%d rules for as many policies, where an HTTPRoute has at most %d", len(t.rules), maxRules)
	}
	if t.total > maxOfRoute {
		return fmt.Sprintf("%d matches for its keys, where an HTTPRoute has at most %d", t.total, maxOfRoute)
	}
	return ""
}

func (t *ruleTable) marshal(backendRefs json.RawMessage) (json.RawMessage, error) {
	for i := range t.rules {
		t.rules[i].BackendRefs = backendRefs
	}
	return json.MarshalIndent(t.rules, "", "  ")
}
