package browser

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// An entry of the preflight cache allows one method or one header name (Fetch,
// CORS-preflight cache).
type entry struct {
	key          cacheKey
	credentials  bool
	method, name string // one of them is empty
	end          time.Time
}

// A cacheKey says for whom and what an answer was. The standard's network
// partition is left out: the model has one page at a time.
type cacheKey struct {
	origin string // as sent, so "null" after a redirect that taints
	url    string // with the query
}

// A cache is the standard's CORS-preflight cache. Entries of one URL add up
// there; Chromium keeps the last answer of a URL alone, so a server that
// answers with no more than what was asked costs it more preflights. In all
// engines tried, an entry made with credentials serves a call without, and not
// the other way round.
type cache []entry

// allows reports whether the cache spares the question of a preflight (Fetch,
// HTTP fetch, step 4.1). Expired entries go.
func (c *cache) allows(key cacheKey, q question, now time.Time) bool {
	*c = slices.DeleteFunc(*c, func(e entry) bool { return !now.Before(e.end) })
	if !(isSafelistedMethod(q.method) && !q.usesPreflight) && len(c.matches(key, q, q.method, "")) == 0 {
		return false
	}
	for _, name := range q.names {
		if len(c.matches(key, q, "", name)) == 0 {
			return false
		}
	}
	return true
}

// matches returns the indices of the entries that match a method, or else a
// header name (Fetch, CORS-preflight cache, cache entry match, method cache
// entry match, header-name cache entry match). A "*" that came with credentials
// was no wildcard in the answer, yet is one here: that is the standard's letter,
// and Chromium's is stricter.
func (c *cache) matches(key cacheKey, q question, method, name string) []int {
	var found []int
	for i, e := range *c {
		if e.key != key || !e.credentials && q.credentials == Include {
			continue
		}
		switch {
		case method != "":
			if e.method == method || e.method == "*" {
				found = append(found, i)
			}
		case e.name != "" && equalFold(e.name, name), e.name == "*" && !equalFold(name, "authorization"):
			found = append(found, i)
		}
	}
	return found
}

// store keeps what an answer grants (Fetch, CORS-preflight fetch, steps 7.12
// to 7.15).
func (c *cache) store(key cacheKey, q question, g grant, end time.Time) {
	keep := func(method, name string) {
		found := c.matches(key, q, method, name)
		for _, i := range found {
			(*c)[i].end = end
		}
		if len(found) == 0 {
			*c = append(*c, entry{key: key, credentials: q.credentials == Include, method: method, name: name, end: end})
		}
	}
	for _, method := range g.methods {
		keep(method, "")
	}
	for _, name := range g.names {
		keep("", name)
	}
}

// clear removes what is known of a URL (Fetch, clear cache entries).
func (c *cache) clear(key cacheKey) {
	*c = slices.DeleteFunc(*c, func(e entry) bool { return e.key == key })
}

// maxAge returns for how long an answer to a preflight is good (Fetch,
// CORS-preflight fetch, steps 7.8 and 7.9). A value that is no number, a
// negative one included, counts as absent; Chromium takes "-1" for "never".
func maxAge(header http.Header) time.Duration {
	const byDefault, most = 5 * time.Second, 100 * 365 * 24 * time.Hour
	values := lines(header, "Access-Control-Max-Age")
	if len(values) != 1 || values[0] == "" || !allDigits(values[0]) {
		return byDefault
	}
	seconds := time.Duration(0)
	for _, digit := range strings.TrimLeft(values[0], "0") {
		if seconds = 10*seconds + time.Duration(digit-'0'); seconds*time.Second > most {
			return most
		}
	}
	return seconds * time.Second
}
