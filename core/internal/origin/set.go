package origin

import (
	"math/bits"
	"strings"
)

// Match says how a set covers an origin.
type Match uint8

const (
	None    Match = iota // not at all
	AnyHost              // only by a pattern that covers every host
	Named                // by a pattern that names the host or a domain above it
)

// Set holds origins and patterns for look-up. Looking an exact origin up costs
// one hash of the text, however many there are; wildcards cost one hash for
// each label of the host with which a suffix of some pattern's length would
// begin. A Set is not changed after it is built. The zero Set is empty and has
// room for one exact origin.
type Set struct {
	one      string             // the only exact origin, if there is room for one
	exact    *table             // else all of them
	longest  int                // length of the longest exact origin
	patterns map[string]*scheme // by what an origin begins with
	first    *scheme            // one of them, which most sets have alone
}

// scheme holds the patterns of one scheme.
type scheme struct {
	prefix   string // such as "https://"
	standard int    // the port that is never written

	suffixes suffixes // ".example.com", with ":8443" behind it for a port

	// There are others than suffixes at one port: the following.
	takesPorts bool
	anyPort    suffixes         // that cover the names below them at every port
	hosts      table            // that are covered at every port
	anyHost    map[int]struct{} // ports at which every host is covered
	anywhere   bool             // every host is covered at every port
}

// suffixes is a set of what a host, or a host with its port, may end in.
type suffixes struct {
	table
	lengths [5]uint64 // bit n: some suffix has n bytes
}

// NewSet returns an empty set for up to n exact origins.
func NewSet(n int) Set {
	if n < 2 {
		return Set{}
	}
	exact := newTable(n)
	return Set{exact: &exact}
}

// Add puts p into s and reports whether it is new there. A pattern with Any
// set is not for sets.
func (s *Set) Add(p Pattern) bool {
	if p.IsExact() {
		return s.addExact(p.Text)
	}
	if s.patterns == nil {
		s.patterns = make(map[string]*scheme)
	}
	prefix := p.Text[:len(p.Scheme)+len("://")]
	rules := s.patterns[prefix]
	if rules == nil {
		rules = &scheme{prefix: prefix, standard: defaultPort(p.Scheme)}
		s.patterns[prefix] = rules
	}
	if s.first == nil {
		s.first = rules
	}
	rules.takesPorts = rules.takesPorts || !p.Subdomains || p.AnyPort
	switch {
	case p.Subdomains && p.AnyPort:
		return rules.anyPort.add(strings.TrimSuffix(suffixOf(p), ":*"))
	case p.Subdomains:
		return rules.suffixes.add(suffixOf(p))
	case p.AnyHost && p.AnyPort:
		isNew := !rules.anywhere
		rules.anywhere = true
		return isNew
	case p.AnyHost:
		_, known := rules.anyHost[p.Port]
		if rules.anyHost == nil {
			rules.anyHost = make(map[int]struct{})
		}
		rules.anyHost[p.Port] = struct{}{}
		return !known
	default:
		return rules.hosts.add(p.Host)
	}
}

// suffixOf is a part of the pattern's text, which is kept anyway.
func suffixOf(p Pattern) string {
	return p.Text[len(p.Scheme)+len("://*"):]
}

func (s *Set) addExact(text string) bool {
	if s.exact == nil {
		isNew := s.one != text
		s.one = text
		return isNew
	}
	s.longest = max(s.longest, len(text))
	return s.exact.add(text)
}

func (s *suffixes) add(suffix string) bool {
	n := len(suffix) // at most that of a host and a port
	s.lengths[n/64] |= 1 << (n % 64)
	return s.table.add(suffix)
}

// HasExact reports whether text itself is in s. No parsing is needed for it:
// what is in s is well formed, and equal text is an equal origin.
func (s *Set) HasExact(text string) bool {
	if s.exact == nil {
		return text == s.one && text != ""
	}
	return len(text) <= s.longest && s.exact.has(text)
}

// MatchPattern reports how the wildcards in s cover text. Only what may match
// is read to the end: a refusal does not tell whether text is an origin at all.
func (s *Set) MatchPattern(text string) Match {
	if s.first == nil {
		return None // this much is inlined
	}
	return s.matchPattern(text)
}

func (s *Set) matchPattern(text string) Match {
	if len(text) > MaxLen {
		return None
	}
	rules := s.first
	if !strings.HasPrefix(text, rules.prefix) {
		end := strings.Index(text, "://")
		if end < 0 {
			return None
		}
		if rules = s.patterns[text[:end+len("://")]]; rules == nil {
			return None
		}
	}
	return rules.match(text[len(rules.prefix):])
}

// match reports how the patterns of a scheme cover what stands behind it. A
// host that a pattern names is well formed without being read.
func (r *scheme) match(rest string) Match {
	if r.suffixes.cover(rest) {
		return Named
	}
	if !r.takesPorts {
		return None
	}
	n := hostLen(rest)
	host := rest[:n]
	port, ok := portBehind(rest[n:], r.standard)
	if !ok {
		return None
	}
	if r.hosts.has(host) || r.anyPort.cover(host) {
		return Named
	}
	if _, ok := r.anyHost[port]; ok || r.anywhere {
		if _, ok := checkHost(host); ok {
			return AnyHost
		}
	}
	return None
}

// cover looks at text where a suffix would begin, from its right end. What ends
// like a pattern is an origin if labels stand before that, and they are not too
// long together; an address ends like none.
func (s *suffixes) cover(text string) bool {
	for i := range s.lengths {
		for lengths := s.lengths[i]; lengths != 0; lengths &= lengths - 1 {
			dot := len(text) - 64*i - bits.TrailingZeros64(lengths)
			if dot <= 0 {
				return false
			}
			if text[dot] == '.' && s.has(text[dot:]) {
				return areLabels(text[:dot]) && (len(text) <= maxHost || hostLen(text) <= maxHost)
			}
		}
	}
	return false
}
