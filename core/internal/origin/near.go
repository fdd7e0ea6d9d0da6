package origin

import (
	"strings"

	"github.com/concors/concors/core/internal/typo"
)

// Split takes a text apart that [ParsePattern] takes. It checks and copies
// nothing, so that a long list can be gone through.
func Split(text string) Pattern {
	p := Pattern{Text: text, Any: text == "*", Null: text == "null"}
	scheme, authority, ok := strings.Cut(text, "://")
	if !ok {
		return p
	}
	p.Scheme = scheme
	n := hostLen(authority)
	host, port := authority[:n], strings.TrimPrefix(authority[n:], ":")
	if p.AnyPort = port == "*"; !p.AnyPort {
		p.Port = parsePort(port)
	}
	if p.AnyHost = host == "*"; p.AnyHost {
		return p
	}
	p.Host = strings.TrimPrefix(host, "*.")
	p.Subdomains = p.Host != host
	return p
}

// Match says how p, "*" and "null" aside, covers o, as a [Set] with p alone
// would.
func (p Pattern) Match(o Origin) Match {
	switch {
	case p.Scheme != o.Scheme || p.Scheme == "" || !p.coversPort(o) || p.hostMiss(o) != Hit:
		return None
	case p.AnyHost:
		return AnyHost
	}
	return Named
}

// Miss says how an origin just misses a pattern. The first ones are the nearer.
type Miss uint8

const (
	Hit         Miss = iota // it does not miss
	OtherScheme             // only the scheme differs
	OtherPort               // only the port differs
	Apex                    // the host is the one below which the pattern covers all
	Below                   // the host is below the one that the pattern names
	Above                   // the host is above it
	OneEdit                 // the host differs by a slip of the hand
	OtherBoth               // only scheme and port differ
	FarAway
)

// fewestForEdit is from how many bytes on a slip of the hand is one: shorter
// hosts resemble each other by chance.
const fewestForEdit = 4

// Miss compares p, "*" and "null" aside, with o.
func (p Pattern) Miss(o Origin) Miss {
	miss := p.hostMiss(o)
	sameScheme, samePort := p.Scheme == o.Scheme, p.coversPort(o)
	switch {
	case p.Scheme == "":
		return FarAway
	case sameScheme && samePort:
		return miss
	case miss != Hit || p.AnyHost && !sameScheme:
		return FarAway
	case samePort:
		return OtherScheme
	case sameScheme:
		return OtherPort
	}
	return OtherBoth
}

func (p Pattern) coversPort(o Origin) bool {
	return p.AnyPort || p.Port == o.Port
}

func (p Pattern) hostMiss(o Origin) Miss {
	switch {
	case p.AnyHost:
		return Hit
	case p.Subdomains && isBelow(o.Host, p.Host):
		return Hit
	case p.Subdomains && o.Host == p.Host:
		return Apex
	case p.Subdomains:
	case o.Host == p.Host:
		return Hit
	case isBelow(o.Host, p.Host):
		return Below
	case isBelow(p.Host, o.Host):
		return Above
	case len(p.Host) >= fewestForEdit && typo.IsOneEdit(o.Host, p.Host):
		return OneEdit
	}
	return FarAway
}

// isBelow reports whether host is a name below base. Hosts that are well formed
// are: no address ends like a name.
func isBelow(host, base string) bool {
	return len(host) > len(base) && strings.HasSuffix(host, base) && host[len(host)-len(base)-1] == '.'
}
