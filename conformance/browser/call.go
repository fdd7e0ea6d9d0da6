package browser

import (
	"context"
	"net/http"
	"net/url"
)

// A call is one Fetch under way.
type call struct {
	*request
	browser *Browser
	ctx     context.Context
	result  *Result
}

// run goes from redirect to redirect until there is an answer or a failure
// (Fetch, Main fetch, HTTP fetch, HTTP-redirect fetch).
func (c *call) run() (*answer, *Failure) {
	// The constructor of Request refuses it before anything is sent.
	if isForbiddenMethod(c.method) {
		return nil, &Failure{Step: StepForbiddenMethod, Detail: c.method}
	}
	for {
		a, location, failure := c.hop()
		if failure != nil || location == nil {
			return a, failure
		}
		if failure := c.redirect(a.status, location); failure != nil {
			return nil, failure
		}
	}
}

// hop sends one request, with its preflight. A location that is not nil is to
// be asked next.
func (c *call) hop() (a *answer, location *url.URL, failure *Failure) {
	// Main fetch, step 7.
	if schemeOf(c.page) == "https" && !isTrustworthy(c.url) {
		return nil, nil, &Failure{Step: StepMixedContent, Detail: c.url.Redacted()}
	}
	// Main fetch, step 12: once another origin was asked, the page's own is
	// asked like any other.
	if !c.cors && originOf(c.url) != c.page {
		c.cors = true
	}
	names := UnsafeNames(c.header)
	if c.cors && (c.usesPreflight || !isSafelistedMethod(c.method) || len(names) > 0) {
		c.preflight = true
		if failure := c.ask(names); failure != nil {
			return nil, nil, failure
		}
	}
	a, err := c.send(c.actual())
	if err != nil {
		return nil, nil, &Failure{Step: StepNetwork, Detail: err.Error()}
	}
	defer a.close()
	if c.cors {
		if failure := CheckCORS(c.origin(), c.credentials, a.header); failure != nil {
			return nil, nil, failure
		}
	}
	if isRedirect(a.status) {
		location, failure = c.location(a.header)
		if failure != nil || location != nil {
			return a, location, failure
		}
	}
	if err := a.read(c.ctx, c.method); err != nil {
		return nil, nil, &Failure{Step: StepNetwork, Detail: err.Error()}
	}
	return a, nil, nil
}

// ask sends a preflight unless the cache spares it (Fetch, HTTP fetch, step
// 4.1; CORS-preflight fetch).
func (c *call) ask(names []string) *Failure {
	q := question{page: c.origin(), credentials: c.credentials, method: c.method, names: names, usesPreflight: c.usesPreflight}
	if c.known(q) {
		return nil
	}
	c.result.Preflights++
	a, err := c.send(c.options(q))
	if err != nil {
		return &Failure{Step: StepNetwork, Preflight: true, Detail: err.Error()}
	}
	a.close()
	g, failure := readPreflight(q, a.status, a.header)
	if failure != nil {
		return failure
	}
	c.learn(q, g, a.header)
	return nil
}

// origin is the request's origin as it is sent (Fetch, Requests, serializing a
// request origin).
func (c *call) origin() string {
	if c.tainted {
		return "null"
	}
	return c.page
}

// includesCredentials reports whether cookies go with the request and come with
// the answer (Fetch, HTTP-network-or-cache fetch, step 8.3).
func (c *call) includesCredentials() bool {
	return c.credentials == Include || c.credentials == SameOrigin && !c.cors
}

func (c *call) key() cacheKey { return cacheKey{origin: c.origin(), url: c.url.String()} }

// known reports whether the preflight cache answers q.
func (c *call) known(q question) bool {
	c.browser.mu.Lock()
	defer c.browser.mu.Unlock()
	return c.browser.cache.allows(c.key(), q, c.browser.now())
}

// learn puts an answer to q into the preflight cache.
func (c *call) learn(q question, g grant, header http.Header) {
	age := maxAge(header)
	if limit := c.browser.MaxAge; limit > 0 {
		age = min(age, limit)
	}
	c.browser.mu.Lock()
	defer c.browser.mu.Unlock()
	now := c.browser.now()
	c.browser.cache.store(c.key(), q, g, now, now.Add(age))
}

// forget clears the cache after a failure, for the URL that came last (Fetch,
// Main fetch, step 12).
func (c *call) forget() {
	if !c.preflight {
		return
	}
	c.browser.mu.Lock()
	defer c.browser.mu.Unlock()
	c.browser.cache.clear(c.key())
}
