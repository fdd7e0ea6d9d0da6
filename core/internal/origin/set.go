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

// Match reports how s covers text. Only what may match is read to the end: a
// refusal does not tell whether text is an origin at all.
func (s *Set) Match(text string) Match {
	if s.hasExact(text) {
		return Named
	}
	if s.patterns == nil || len(text) > MaxLen {
		return None
	}
	end := strings.IndexByte(text, ':')
	if end < 0 || !strings.HasPrefix(text[end:], "://") {
		return None
	}
	if rules := s.patterns[text[:end]]; rules != nil {
		return rules.match(text, end)
	}
	return None
}

// hasExact reports whether text itself is in s. No parsing is needed for it:
// what is in s is well formed, and equal text is an equal origin.
func (s *Set) hasExact(text string) bool {
	if s.exact == nil {
		return text == s.one && text != ""
	}
	if len(text) > s.longest {
		return false
	}
	_, ok := s.exact[text]
	return ok
}

// match reports how the patterns of a scheme cover text, whose scheme ends at
// end. A host that a pattern names is well formed without being read.
func (r *scheme) match(text string, end int) Match {
	rest := text[end+len("://"):]
	n := hostLen(rest)
	host := rest[:n]
	port, ok := portBehind(rest[n:], text[:end])
	if !ok {
		return None
	}
	if _, ok := r.hosts[host]; ok || r.hasSuffix(rest, n) {
		return Named
	}
	if _, ok := r.anyHost[port]; ok || r.anywhere {
		if _, ok := checkHost(host); ok {
			return AnyHost
		}
	}
	return None
}

// hasSuffix walks a host of n bytes, behind which there may be a port, from its
// right end. What ends like a pattern is an origin if labels stand before that;
// an address ends like none.
func (r *scheme) hasSuffix(rest string, n int) bool {
	if r.suffixes == nil || n > maxHost {
		return false
	}
	host := rest[:n]
	labels := 0
	for dot := strings.LastIndexByte(host, '.'); dot > 0; dot = strings.LastIndexByte(host[:dot], '.') {
		labels++
		if r.depths&depthBit(labels) == 0 {
			continue
		}
		if r.suffixes[rest[dot:]] != 0 || n < len(rest) && r.suffixes[host[dot:]]&everyPort != 0 {
			return areLabels(host[:dot])
		}
	}
	return false
}
