package gateway

import (
	"slices"
	"strconv"
	"strings"

	"github.com/concors/concors/core/internal/origin"
)

// corsFilter is HTTPCORSFilter of the Gateway API.
type corsFilter struct {
	AllowOrigins     []string `json:"allowOrigins"`
	AllowMethods     []string `json:"allowMethods,omitempty"`
	AllowHeaders     []string `json:"allowHeaders,omitempty"`
	ExposeHeaders    []string `json:"exposeHeaders,omitempty"`
	AllowCredentials bool     `json:"allowCredentials,omitempty"`
	MaxAge           int      `json:"maxAge,omitempty"`
}

// Bounds of the Gateway API (v1.4, the markers of HTTPCORSFilter, CORSOrigin and
// HeaderName).
const (
	maxEntries = 64 // of a list, methods aside
	maxOrigin  = 253
	maxHeader  = 256
)

// filterMethods are the methods that a filter may list and a policy too.
var filterMethods = []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "*"}

// corsFilter writes the policy of p, or returns nil if there is none, or none
// is left.
func (l *ledger) corsFilter(p part) *corsFilter {
	if p.passes() {
		return nil
	}
	cfg := p.cfg
	f := &corsFilter{
		AllowOrigins:     l.filterOrigins(cfg.AllowOrigins),
		AllowMethods:     l.filterMethods(cfg.AllowMethods),
		AllowHeaders:     l.filterHeaders("allowHeaders", cfg.AllowHeaders),
		ExposeHeaders:    l.filterHeaders("exposeHeaders", cfg.ExposeHeaders),
		AllowCredentials: cfg.AllowCredentials,
		MaxAge:           max(cfg.MaxAge, 0),
	}
	if slices.Contains(f.AllowHeaders, "*") && !f.AllowCredentials {
		l.add("allowHeaders", 0, "*", Narrowed, "a gateway may write it as it is, and browsers do not read Authorization into it: "+
			"list the headers if pages send that one")
	}
	if cfg.MaxAge < 0 {
		f.MaxAge = 1
		l.add("maxAge", -1, strconv.Itoa(cfg.MaxAge), Differs, "a filter keeps a preflight for a second at least: 1 is written")
	}
	if cfg.PreflightStatus != 0 {
		l.add("preflightStatus", -1, strconv.Itoa(cfg.PreflightStatus), LeftOut, "the gateway chooses the status, 200 or 204")
	}
	l.switches(cfg)
	if len(f.AllowOrigins) == 0 {
		l.add("allowOrigins", -1, "", LeftOut, "no entry is left, and an empty list may mean anything: no filter is written here")
		return nil
	}
	return f
}

func (l *ledger) filterOrigins(list []string) []string {
	return l.keep("allowOrigins", list, func(text string) (Effect, string) {
		p, _ := origin.ParsePattern(text)
		switch {
		case p.Any:
			return "", ""
		case p.Null:
			return LeftOut, "a filter takes origins with a host alone"
		case !p.IsWeb():
			return LeftOut, "a filter takes the schemes http and https alone"
		case strings.HasPrefix(p.Host, "["):
			return LeftOut, "a filter takes no IPv6 address: give the host a name"
		case p.AnyPort:
			return LeftOut, "a filter has no wildcard for ports: list the ports"
		case p.AnyHost && p.Port == 0:
			return LeftOut, `some gateways read every port into it: list the hosts, or domains such as "https://*.example.com"`
		case len(text) > maxOrigin:
			return LeftOut, "a filter takes origins of at most 253 bytes"
		case p.AnyHost:
			return Narrowed, "a gateway may read the wildcard as names, and IPv6 addresses as none"
		}
		return "", ""
	})
}

func (l *ledger) filterMethods(list []string) []string {
	return l.keep("allowMethods", list, func(text string) (Effect, string) {
		if !slices.Contains(filterMethods, text) {
			return LeftOut, "a filter takes the methods of RFC 9110 and PATCH alone, in upper case"
		}
		return "", ""
	})
}

func (l *ledger) filterHeaders(field string, list []string) []string {
	return l.keep(field, list, func(text string) (Effect, string) {
		if len(text) > maxHeader {
			return LeftOut, "a filter takes names of at most 256 bytes"
		}
		return "", ""
	})
}

// keep returns the entries of list that a filter takes, as many as it takes, and
// notes what judge says of them.
func (l *ledger) keep(field string, list []string, judge func(string) (Effect, string)) []string {
	var kept []string
	for i, text := range list {
		effect, hint := judge(text)
		if effect != LeftOut && len(kept) == maxEntries {
			effect, hint = LeftOut, "a filter takes "+strconv.Itoa(maxEntries)+" entries"
		}
		if effect != "" {
			l.add(field, i, text, effect, hint)
		}
		if effect != LeftOut {
			kept = append(kept, text)
		}
	}
	return kept
}
