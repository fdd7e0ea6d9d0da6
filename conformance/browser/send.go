package browser

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// An answer is what came back. Its body is not read yet.
type answer struct {
	status int
	header http.Header
	stream io.ReadCloser
	body   []byte
}

// outgoing is a request as it goes over the wire.
type outgoing struct {
	preflight bool
	method    string
	header    http.Header
	body      string
}

// userAgent begins as the standard wishes, since servers look at it.
const userAgent = "Mozilla/5.0 (compatible; Concors)"

// actual is the request that the script wants (Fetch, HTTP-network-or-cache
// fetch, step 8).
func (c *call) actual() outgoing {
	header := http.Header{}
	for name, values := range c.header {
		header[name] = []string{strings.Join(values, ", ")}
	}
	if c.cors || c.method != http.MethodGet && c.method != http.MethodHead {
		header.Set("Origin", c.origin())
	}
	if c.includesCredentials() {
		if cookies := c.cookies(); cookies != "" {
			header.Set("Cookie", cookies)
		}
	}
	return outgoing{method: c.method, header: header, body: c.body}
}

// options is the preflight. No credentials go with it, whatever the mode.
func (c *call) options(q question) outgoing {
	return outgoing{preflight: true, method: http.MethodOptions, header: Preflight(q.page, q.method, q.names)}
}

// send sends a request, waits for the header of the answer, and notes both.
func (c *call) send(out outgoing) (*answer, error) {
	if len(out.header["User-Agent"]) == 0 {
		out.header.Set("User-Agent", userAgent)
	}
	out.header.Set("Accept-Encoding", "gzip")
	if len(out.header["Range"]) > 0 {
		out.header.Set("Accept-Encoding", "identity") // a part of an encoding decodes to nothing
	}
	u := *c.url
	u.User = nil
	c.result.Exchanges = append(c.result.Exchanges,
		Exchange{Preflight: out.preflight, Method: out.method, URL: u.String(), Header: out.header.Clone()})
	exchange := &c.result.Exchanges[len(c.result.Exchanges)-1]

	var body io.Reader
	if out.body != "" {
		body = strings.NewReader(out.body)
	}
	r, err := http.NewRequestWithContext(c.ctx, out.method, u.String(), body)
	if err != nil {
		return nil, err
	}
	r.Header = out.header
	response, err := c.browser.transport().RoundTrip(r)
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the server closed the connection") // as after a panic that nobody recovers
	}
	if err != nil {
		return nil, err
	}
	exchange.Status, exchange.Answer = response.StatusCode, response.Header.Clone()
	a := &answer{status: response.StatusCode, header: response.Header, stream: response.Body}
	// 101 was not asked for, and 407 is for proxies to say (HTTP-network-or-cache
	// fetch, step 16). No browser shows either to a script.
	if a.status == http.StatusSwitchingProtocols || a.status == http.StatusProxyAuthRequired {
		a.close()
		return nil, fmt.Errorf("unexpected status %d", a.status)
	}
	if !out.preflight && c.includesCredentials() && c.browser.Jar != nil {
		c.browser.Jar.SetCookies(c.url, response.Cookies())
	}
	return a, nil
}

// cookies returns the value of the Cookie field.
func (c *call) cookies() string {
	if c.browser.Jar == nil {
		return ""
	}
	r := http.Request{Header: http.Header{}}
	for _, cookie := range c.browser.Jar.Cookies(c.url) {
		r.AddCookie(cookie)
	}
	return r.Header.Get("Cookie")
}

// read reads the body, as far as the script sees one (Fetch, Main fetch, step
// 21; Statuses, null body status).
func (a *answer) read(ctx context.Context, method string) error {
	switch a.status {
	case 204, 205, 304:
		return nil
	}
	if method == http.MethodHead {
		return nil
	}
	raw := bufio.NewReader(&bounded{ctx: ctx, from: a.stream, left: maxBody})
	var from io.Reader = raw
	// The transport does not decode since Accept-Encoding was not its own; so
	// the script still sees Content-Encoding and Content-Length, as in a browser.
	codings, _, _ := tokens(a.header, "Content-Encoding")
	if _, err := raw.Peek(1); err == nil && len(codings) == 1 && equalFold(codings[0], "gzip") {
		unzipped, err := gzip.NewReader(raw)
		if err != nil {
			return err
		}
		from = &bounded{ctx: ctx, from: unzipped, left: maxBody}
	}
	body, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	a.body = body
	return nil
}

// maxBody is the most that is read of a body, as sent and as decoded: a small
// answer in gzip can decode to a thousand times its size.
const maxBody = 16 << 20

var errBody = errors.New("the body is longer than 16 MiB, the most that is read here")

// bounded reads until ctx is done, and fails where more than left bytes come.
type bounded struct {
	ctx  context.Context
	from io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := b.from.Read(p)
	if n > b.left {
		return 0, errBody
	}
	b.left -= n
	return n, err
}

// close ends the answer, read or not.
func (a *answer) close() { a.stream.Close() }
