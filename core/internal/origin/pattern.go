package origin

import (
	"strconv"
	"strings"
)

// Pattern is one entry of a list of origins, taken apart.
type Pattern struct {
	Text string // as written

	Any  bool // "*"
	Null bool // "null"

	Scheme string
	Host   string // without the leading "*."; empty with AnyHost
	Port   int    // 0 is the scheme's default; meaningless with AnyPort

	AnyHost    bool // the host is "*"
	Subdomains bool // the host begins with "*."
	AnyPort    bool // the port is "*"
}

// IsExact reports whether p means one origin alone, written as the pattern is.
func (p Pattern) IsExact() bool {
	return !p.Any && !p.AnyHost && !p.Subdomains && !p.AnyPort
}

// IsWeb reports whether the scheme is one that sites of the web have.
func (p Pattern) IsWeb() bool {
	return p.Scheme == "http" || p.Scheme == "https"
}

// IsShared reports whether p covers all names below one where anybody may get
// a name.
func (p Pattern) IsShared() bool {
	return p.Subdomains && p.IsWeb() && isPublicSuffix(p.Host)
}

// Fault says why a text is no pattern.
type Fault struct {
	Code string // one of the constants below
	Hint string // what to do about it
}

// Kinds of faults.
const (
	FaultEmpty        = "origin-empty"
	FaultSeveral      = "origin-several"
	FaultWhiteSpace   = "origin-white-space"
	FaultRegexp       = "origin-regexp"
	FaultNoScheme     = "origin-no-scheme"
	FaultScheme       = "origin-scheme"
	FaultNeverScheme  = "origin-never-scheme"
	FaultUpperCase    = "origin-upper-case"
	FaultUserInfo     = "origin-user-info"
	FaultPath         = "origin-path"
	FaultQuery        = "origin-query"
	FaultFragment     = "origin-fragment"
	FaultUnicode      = "origin-unicode"
	FaultHost         = "origin-host"
	FaultIP           = "origin-ip"
	FaultPort         = "origin-port"
	FaultDefaultPort  = "origin-default-port"
	FaultWildcard     = "origin-wildcard"
	FaultNeverMatches = "origin-never-matches"
)

// ParsePattern takes s apart, or says what is wrong with it and what was
// probably meant.
func ParsePattern(s string) (Pattern, *Fault) {
	p, ok := parsePattern(s)
	if !ok {
		return Pattern{}, diagnose(s)
	}
	if fault := neverAnOrigin(p.Scheme, s); fault != nil {
		return Pattern{}, fault
	}
	if fault := p.neverMatches(); fault != nil {
		return Pattern{}, fault
	}
	return p, nil
}

// neverMatches refuses a wildcard that leaves no room for a name below it.
func (p Pattern) neverMatches() *Fault {
	switch {
	case !p.Subdomains:
		return nil
	case len(strings.TrimSuffix(p.Text, ":*")) > MaxLen:
		// The shortest match has "a." where the pattern has "*.".
		return tooLong(p.Text)
	case len("a.")+len(p.Host) > maxHost:
		return &Fault{FaultNeverMatches, "no name below it fits into the " + strconv.Itoa(maxHost) + " bytes of a host"}
	}
	return nil
}

func parsePattern(s string) (Pattern, bool) {
	p := Pattern{Text: s}
	switch s {
	case "*":
		p.Any = true
		return p, true
	case "null":
		p.Null = true
		return p, true
	}
	if !strings.Contains(s, "*") {
		o, ok := Parse(s)
		p.Scheme, p.Host, p.Port = o.Scheme, o.Host, o.Port
		return p, ok
	}
	scheme, authority, ok := strings.Cut(s, "://")
	if !ok || scheme == "" || schemeLen(scheme) < len(scheme) {
		return p, false
	}
	if bare, ok := strings.CutSuffix(authority, ":*"); ok {
		p.AnyPort, authority = true, bare
	}
	if base, ok := strings.CutPrefix(authority, "*."); ok {
		p.Subdomains, authority = true, base
	} else if authority == "*" || strings.HasPrefix(authority, "*:") {
		p.AnyHost, authority = true, "x"+authority[1:]
	}
	// What is left must be what a browser writes behind the scheme. With AnyPort no
	// port may be left over: "https://a:1:*" has a host with a colon then.
	o, ok := parseBehind(scheme, authority)
	if !ok || len(scheme)+len("://")+len(authority) > MaxLen || p.AnyPort && o.Port != 0 || p.Subdomains && o.IP {
		return p, false
	}
	p.Scheme, p.Port = o.Scheme, o.Port
	if !p.AnyHost {
		p.Host = o.Host
	}
	return p, true
}

// neverAnOrigin refuses schemes whose pages have no origin of that scheme.
func neverAnOrigin(scheme, s string) *Fault {
	scheme = strings.ToLower(scheme)
	switch {
	case !isNever(scheme):
		return nil
	case scheme == "file":
		return &Fault{FaultNeverScheme, `pages of the scheme "file" send the origin null: serve them over http://localhost instead`}
	case scheme == "ws" || scheme == "wss":
		page := "http" + scheme[len("ws"):] + s[len(scheme):]
		return &Fault{FaultNeverScheme, "a WebSocket is opened by a page" + offer(" and has that page's origin:", Repair(page))}
	}
	return &Fault{FaultNeverScheme, "the scheme " + strconv.Quote(scheme) +
		" never is an origin: list the origin of the page, such as \"https://app.example.com\""}
}

func isNever(scheme string) bool {
	switch scheme {
	case "file", "data", "blob", "about", "javascript", "filesystem", "ftp", "ws", "wss":
		return true
	}
	return false
}
