package browser

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// A Browser fetches as a browser does on behalf of pages. What it remembers
// from one call to the next is its preflight cache, and cookies if it has a
// Jar. The zero value asks the network and knows absolute URLs only. A Browser
// is safe for concurrent use, its fields while no call runs.
type Browser struct {
	// Jar keeps the cookies; nil keeps none. SameSite and the blocking of
	// third-party cookies are the jar's affair; net/http/cookiejar knows neither.
	Jar http.CookieJar
	// Now is the clock of the preflight cache; nil is time.Now.
	Now func() time.Time
	// MaxAge caps the life of an entry of the preflight cache: two hours in
	// Chromium, a day in Firefox. Zero is no cap.
	MaxAge time.Duration
	// Transport sends the requests; nil opens a connection for each, over
	// HTTP/1.1, so that none is sent twice. It must not follow redirects. For
	// the certificate of httptest's TLS server, use server.Client().Transport.
	Transport http.RoundTripper

	base  *url.URL
	close func()

	mu    sync.Mutex // guards cache
	cache cache
}

// Dial returns a browser that asks servers over the network; relative URLs
// resolve against base, an http or https URL. Nothing is sent yet.
func Dial(base string) (*Browser, error) {
	u, err := parseURL(nil, base)
	if err != nil {
		return nil, wrongURL(base, err)
	}
	return &Browser{base: u}, nil
}

// Close ends the server that New started, if it did, without waiting for
// handlers that still run.
func (b *Browser) Close() {
	if b.close != nil {
		b.close()
	}
}

// Fetch does what fetch() does for a page, redirects and all, and reads the
// whole answer. It has no time limit of its own; ctx is one. Whatever a server can do wrong is in the Result. The error is
// not nil only if ctx is done, or for what no page could ask or net/http cannot
// send, such as a malformed origin, a URL of another scheme than http and https,
// or a line break in a header value.
func (b *Browser) Fetch(ctx context.Context, f Fetch) (*Result, error) {
	r, err := prepare(f, b.base)
	if err != nil {
		return nil, err
	}
	c := &call{browser: b, ctx: ctx, request: r, result: &Result{
		asked: r.method + " " + r.url.String(), page: r.page, credentials: r.credentials}}
	answer, failure := c.run()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if failure != nil {
		c.forget()
		c.result.Failure = failure
		return c.result, nil
	}
	c.result.Status = answer.status
	c.result.Body = answer.body
	if r.cors {
		c.result.Type = "cors"
		c.result.Header = Readable(r.credentials, answer.header)
	} else {
		c.result.Type = "basic"
		c.result.Header = filter(answer.header, func(string) bool { return true })
	}
	return c.result, nil
}

func (b *Browser) now() time.Time {
	if b.Now != nil {
		return b.Now()
	}
	return time.Now()
}
