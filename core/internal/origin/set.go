package origin

import "strings"

// Match says how a set covers an origin.
type Match uint8

const (
	None    Match = iota // not at all
	AnyHost              // only by a pattern that covers every host
	Named                // by a pattern that names the host or a domain above it
)

// Set holds origins and patterns for look-up. Looking an exact origin up costs
// one hash of the text, however many there are; wildcards cost one hash for
// each label of the host at which some pattern ends. A Set is not changed after
// it is built. The zero Set is empty and has room for one exact origin.
type Set struct {
	one      string              // the only exact origin, if there is room for one
	exact    map[string]struct{} // else all of them
	longest  int                 // length of the longest exact origin
	patterns map[string]*scheme  // by scheme
}

// scheme holds the patterns of one scheme.
type scheme struct {
	anyHost  map[int]struct{}    // ports at which every host is covered
	anywhere bool                // every host is covered at every port
	hosts    map[string]struct{} // hosts that are covered at every port
	suffixes map[string]ports    // ".example.com", with ":8443" behind it for a port
	depths   uint64              // bit n: some suffix has n labels
}

// ports says at which ports a suffix covers the names below it.
type ports uint8

const (
	thisPort  ports = 1 << iota // the port that the suffix names, or the default
	everyPort                   // every one
)

// NewSet returns an empty set for up to n exact origins.
func NewSet(n int) Set {
	if n < 2 {
		return Set{}
	}
	return Set{exact: make(map[string]struct{}, n)}
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
	rules := s.patterns[p.Scheme]
	if rules == nil {
		rules = &scheme{}
		s.patterns[p.Scheme] = rules
	}
	switch {
	case p.Subdomains:
		return rules.addSuffix(p)
	case p.AnyHost && p.AnyPort:
		isNew := !rules.anywhere
		rules.anywhere = true
		return isNew
	case p.AnyHost:
		return insert(&rules.anyHost, p.Port)
	default:
		return insert(&rules.hosts, p.Host)
	}
}

func (s *Set) addExact(text string) bool {
	if s.exact == nil {
		isNew := s.one != text
		s.one = text
		return isNew
	}
	s.longest = max(s.longest, len(text))
	return insert(&s.exact, text)
}

func insert[K comparable](m *map[K]struct{}, key K) bool {
	before := len(*m)
	if *m == nil {
		*m = make(map[K]struct{})
	}
	(*m)[key] = struct{}{}
	return len(*m) > before
}

func (r *scheme) addSuffix(p Pattern) bool {
	if r.suffixes == nil {
		r.suffixes = make(map[string]ports)
	}
	r.depths |= depthBit(strings.Count(p.Host, ".") + 1)
	// The suffix is a part of the pattern's text, which is kept anyway.
	key := strings.TrimSuffix(p.Text[len(p.Scheme)+len("://*"):], ":*")
	at := thisPort
	if p.AnyPort {
		at = everyPort
	}
	before := r.suffixes[key]
	r.suffixes[key] = before | at
	return before&at == 0
}

// depthBit is the bit of a mask that stands for n labels. Hosts of 63 labels
// and more, which nobody has, share one.
func depthBit(n int) uint64 {
	return 1 << min(n, 63)
}

// HasExact reports whether text itself is in s. No parsing is needed for it:
// what is in s is well formed, and equal text is an equal origin.
func (s *Set) HasExact(text string) bool {
	if s.exact == nil {
		return text == s.one && text != ""
	}
	if len(text) > s.longest {
		return false
	}
	_, ok := s.exact[text]
	return ok
}

// MatchPattern reports how the wildcards in s cover o, which is text taken
// apart.
func (s *Set) MatchPattern(text string, o Origin) Match {
	rules := s.patterns[o.Scheme]
	if rules == nil {
		return None
	}
	if rules.hosts != nil {
		if _, ok := rules.hosts[o.Host]; ok {
			return Named
		}
	}
	if rules.suffixes != nil && !o.IP && rules.hasSuffix(text, o) {
		return Named
	}
	if rules.anywhere {
		return AnyHost
	}
	if _, ok := rules.anyHost[o.Port]; ok {
		return AnyHost
	}
	return None
}

// hasSuffix walks the host from its right end. Parse has seen to it that what
// stands before a dot is one label or more, none of them empty.
func (r *scheme) hasSuffix(text string, o Origin) bool {
	host := len(o.Scheme) + len("://") // where the host begins in text
	labels := 0
	for dot := strings.LastIndexByte(o.Host, '.'); dot > 0; dot = strings.LastIndexByte(o.Host[:dot], '.') {
		labels++
		if r.depths&depthBit(labels) == 0 {
			continue
		}
		if r.suffixes[text[host+dot:]] != 0 {
			return true
		}
		if o.Port != 0 && r.suffixes[o.Host[dot:]]&everyPort != 0 {
			return true
		}
	}
	return false
}
