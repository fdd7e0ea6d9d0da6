package browser

import (
	"net/http"
	"strings"
	"time"
)

// A cacheKey says for whom and what an answer was. The standard's network
// partition is left out: the model knows no pages within pages.
type cacheKey struct {
	origin string // as sent, so "null" after a redirect that taints
	url    string // with the query
}

// A cache is the standard's CORS-preflight cache. Entries of one URL add up
// there; Chromium keeps the last answer of a URL alone, so a server that
// answers with no more than what was asked costs it more preflights. In all
// engines tried, an entry made with credentials serves a call without, and not
// the other way round.
type cache struct {
	known map[cacheKey]*[2]entries // made without credentials, and with
	size  int                      // of all entries
}

// entries are those of one key: methods and lower-case header names, each with
// its end.
type entries struct{ methods, names map[string]time.Time }

// The standard lets a cache drop entries before their end. A server must not
// fill the memory of those who test it.
const (
	mostOfAnswer = 1000
	mostOfAll    = 100_000
)

// allows reports whether the cache spares the question of a preflight (Fetch,
// HTTP fetch, step 4.1).
func (c *cache) allows(key cacheKey, q question, now time.Time) bool {
	if !(isSafelistedMethod(q.method) && !q.usesPreflight) && !c.match(key, q, q.method, "", now, nil) {
		return false
	}
	for _, name := range q.names {
		if !c.match(key, q, "", name, now, nil) {
			return false
		}
	}
	return true
}

// match reports whether an entry matches a method, or else a header name, and
// gives those that do a new end if there is one (Fetch, CORS-preflight cache,
// cache entry match, method cache entry match, header-name cache entry match).
// A "*" that came with credentials was no wildcard in the answer, yet is one
// here: that is the standard's letter, and Chromium's is stricter.
func (c *cache) match(key cacheKey, q question, method, name string, now time.Time, end *time.Time) bool {
	known := c.known[key]
	if known == nil {
		return false
	}
	found := false
	look := func(list map[string]time.Time, item string) {
		old, ok := list[item]
		switch {
		case !ok:
		case !now.Before(old):
			delete(list, item)
			c.size--
		default:
			found = true
			if end != nil {
				list[item] = *end
			}
		}
	}
	for i := range known {
		switch {
		case i == 0 && q.credentials == Include:
		case method != "":
			look(known[i].methods, method)
			if method != "*" {
				look(known[i].methods, "*")
			}
		default:
			look(known[i].names, lower(name))
			if name != "*" && !equalFold(name, "authorization") {
				look(known[i].names, "*")
			}
		}
	}
	return found
}

// store keeps what an answer grants (Fetch, CORS-preflight fetch, steps 7.12
// to 7.15).
func (c *cache) store(key cacheKey, q question, g grant, now, end time.Time) {
	methods := g.methods[:min(len(g.methods), mostOfAnswer)]
	names := g.names[:min(len(g.names), mostOfAnswer-len(methods))]
	if c.size+len(methods)+len(names) > mostOfAll {
		*c = cache{}
	}
	for _, method := range methods {
		if !c.match(key, q, method, "", now, &end) {
			c.list(key, q).methods[method] = end
			c.size++
		}
	}
	for _, name := range names {
		if !c.match(key, q, "", name, now, &end) {
			c.list(key, q).names[lower(name)] = end
			c.size++
		}
	}
}

// list returns the entries that an answer to q joins.
func (c *cache) list(key cacheKey, q question) *entries {
	if c.known == nil {
		c.known = map[cacheKey]*[2]entries{}
	}
	known := c.known[key]
	if known == nil {
		known = new([2]entries)
		c.known[key] = known
	}
	list := &known[0]
	if q.credentials == Include {
		list = &known[1]
	}
	if list.methods == nil {
		*list = entries{map[string]time.Time{}, map[string]time.Time{}}
	}
	return list
}

// clear removes what is known of a URL (Fetch, clear cache entries).
func (c *cache) clear(key cacheKey) {
	if known := c.known[key]; known != nil {
		for _, list := range known {
			c.size -= len(list.methods) + len(list.names)
		}
		delete(c.known, key)
	}
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
