package concors_test

import (
	"context"
	"slices"
	"strings"

	concors "github.com/concors/concors/core"
)

// source turns bytes into choices, so that a fuzzer can steer them. When the
// bytes are used up, every choice is the first one.
type source struct{ bytes []byte }

func (s *source) below(n int) int {
	if len(s.bytes) == 0 {
		return 0
	}
	c := int(s.bytes[0]) % n
	s.bytes = s.bytes[1:]
	return c
}

func (s *source) oneIn(n int) bool { return s.below(n) == n-1 }

func (s *source) pick(list []string) string { return list[s.below(len(list))] }

// some returns up to most entries of a list, none twice.
func (s *source) some(list []string, most int) (picked []string) {
	for range s.below(most + 1) {
		if entry := s.pick(list); !slices.Contains(picked, entry) {
			picked = append(picked, entry)
		}
	}
	return picked
}

var (
	somePatterns = []string{
		app, "https://*.example.com", "http://localhost:*", "https://*", "http://app.example.com", "https://*.example.com:*", "https://*.example.com:8443",
		"https://app.example.com:8443", "https://*:*", "https://*:8443", "capacitor://localhost", "moz-extension://*", "https://[::1]", "http://127.0.0.1:*",
		"https://*.github.io", "https://10.0.0.1", "null", "http://*.localhost", "https://a.b.c.example.com", "http://*.example.com", "https://[::ffff:c0a8:1]", other,
	}
	someMethods = []string{"PUT", "PATCH", "patch", "DELETE", "GET", "PURGE", "OPTIONS", "Report", "x"}
	someHeaders = []string{"X-A", "Content-Type", "authorization", "x-b", "baggage", "Accept", "X-LONG-" + long, "c1", "c2", "c3", "c4", "c5", "c6"}
	someKeys    = []string{"/a/", "/a", "/a/b", "/", "/a/b/", "/B/c", "/x.y/"}
	long        = strings.Repeat("Long", 20)
)

// config makes a small policy. Not all of them are sound.
func (s *source) config() concors.Config {
	cfg := s.rules()
	if s.oneIn(3) {
		cfg.Paths = map[string]concors.Config{}
		for _, key := range s.some(someKeys, 4) {
			cfg.Paths[key] = s.rules()
			if s.oneIn(4) {
				cfg.Paths[key] = concors.Config{}
			}
		}
		if s.oneIn(2) {
			cfg = concors.Config{Paths: cfg.Paths}
		}
	}
	return cfg
}

func (s *source) rules() concors.Config {
	cfg := concors.Config{AllowOrigins: []string{"*"}}
	if !s.oneIn(4) {
		cfg.AllowOrigins = append([]string{app}, s.some(somePatterns[1:], 4)...)[s.below(2):]
	}
	if s.oneIn(10) && !slices.Contains(cfg.AllowOrigins, "null") {
		cfg.AllowOrigins = append(cfg.AllowOrigins, "null")
	}
	if cfg.AllowMethods = s.some(someMethods, 3); s.oneIn(4) {
		cfg.AllowMethods = []string{"*"}
	}
	if cfg.AllowHeaders = s.some(someHeaders, 12); s.oneIn(3) {
		cfg.AllowHeaders = []string{"*"}
	}
	if cfg.ExposeHeaders = s.some([]string{"X-Total", "ETag", "location"}, 2); s.oneIn(6) {
		cfg.ExposeHeaders = []string{"*"}
	}
	cfg.AllowCredentials = s.oneIn(2)
	cfg.MaxAge = []int{0, 600, -1, 86400, -600}[s.below(5)]
	cfg.PreflightStatus = []int{0, 200, 204, 299}[s.below(4)]
	cfg.DangerouslyAllowInsecureOrigins = !s.oneIn(3)
	cfg.DangerouslyAllowNullOrigin = !s.oneIn(8)
	cfg.DangerouslyAllowPublicSuffixes = !s.oneIn(8)
	return cfg
}

var (
	someOrigins = []string{
		app, "https://a.example.com", "https://a.b.c.example.com", "http://localhost", "http://localhost:5173", "https://app.example.com:8443", "capacitor://localhost",
		"moz-extension://5a1c", "https://[::1]", "http://127.0.0.1:3000", "https://tenant.github.io", "https://10.0.0.1", "http://app.example.com", other,
		"https://fn.example.org", "http://fn.example.org", "http://fn.localhost", "https://fn.example.org:8443", "https://[::ffff:c0a8:1]", "null",
		"", " ", "*", "NULL", " https://app.example.com", "https://app.example.com\t", "https://app.example.com/", "https://app.example.com.", "https://App.example.com",
		"https://app.example.com:443", "https://app.example.com:0", "https://app.example.com:08443", "https://app.example.com:65536", "https://app.example.com:",
		"https://example.com", "https://.example.com", "https://a..example.com", "https://evilexample.com", "https://app.example.com.evil.test",
		"https://app.example.com@evil.test", "https://evil.test#.example.com", "https://a`b.example.com", "https://*.example.com", "https://*", "http://localhost:*",
		"http://localhost:80", "http://localhost.evil.test", "https://[::1", "https://[0::1]", "https://[::ffff:192.168.0.1]", "https://010.0.0.1", "https://1.2.3",
		"https://0x7f.1", "https://a.0x1", "https://app.example.com, https://other.example.org", "https://bücher.example", "https://xn--bcher-kva.example.com",
		"https://app.example.com\x00", "file://", "data:", "app.example.com", "https://a_b.example.com", "https://fn", "fn://x", "https://1.2.3.4.example.com",
	}
	longest = strings.Repeat("M", 16384) // as long as what is written back may be
	// wellFormed is how many there are of these at the front.
	wellFormed    = slices.Index(someOrigins, "null")
	someRequested = []string{"PUT", "GET", "POST", "HEAD", "PATCH", "patch", "DELETE", "PURGE", "put", "OPTIONS", "Report", "x", "", " PUT\t", "*", "CONNECT", "trace", "Track", "P T", "PUT,GET", "GÉT", "get", "PUT\x00", longest, longest + "M"}
	someNames     = []string{
		"x-a", "X-A", "content-type", "authorization", "x-b", "baggage", "accept", "x-long-" + strings.ToLower(long), "X-LONG-" + strings.ToUpper(long),
		"c6", "C1", "*", "x-evil", "x a", "é", "x-a:", "origin", "", "x-\u212a",
	}
	someCommas = []string{",", ", ", " ,\t", ",,", ", ,"}
	somePaths  = []string{
		"/", "/a", "/a/", "/a/x", "/a/b", "/a/b/", "/a/b/c", "/x", "", "/A/x", "/a\\x", "/a%2Fx", "/B/c", "/b/c", "/a//x", "/a/../b", "/x.y/z", "*", "/a/%62", "/ab", "/a/b%2F", "/%61", "/a/x%2Fy", "/a/\u212a",
	}
)

// request makes a request with what trips code that reads carelessly.
func (s *source) request() concors.Request {
	r := concors.Request{Method: "OPTIONS", Host: "api.example.com", Path: s.pick(somePaths), Origin: []string{app}}
	switch s.below(4) {
	case 1:
		if s.oneIn(4) {
			r.Origin[0] = "null"
		}
	case 2:
		r.Origin[0] = s.pick(someOrigins[:wellFormed])
	case 3:
		r.Origin[0] = s.pick(someOrigins)
	}
	if s.oneIn(3) {
		r.Method = s.pick([]string{"GET", "POST", "OPTIONS", "options", "HEAD", "PUT", "PATCH", ""})
	}
	switch s.below(10) {
	case 8:
		r.Origin = append(r.Origin, s.pick(someOrigins))
	case 9:
		r.Origin = nil
	}
	if s.oneIn(5) {
		r.RawPath = s.pick(somePaths)
	}
	if !s.oneIn(8) {
		r.RequestMethod = append(r.RequestMethod, s.pick(someRequested))
	}
	if s.oneIn(12) {
		r.RequestMethod = append(r.RequestMethod, s.pick(someRequested))
	}
	if s.oneIn(6) {
		r.RequestHeaders = append(r.RequestHeaders, "x-a,"+strings.Repeat("y", 16378), s.pick([]string{"b", "", "bc", " ,c"}))
		return r
	}
	for range s.below(4) {
		var line strings.Builder
		for range s.below(5) {
			line.WriteString(s.pick(someNames) + s.pick(someCommas))
		}
		if text := line.String(); s.oneIn(2) {
			r.RequestHeaders = append(r.RequestHeaders, text)
		} else {
			r.RequestHeaders = append(r.RequestHeaders, strings.TrimRight(text, ", \t"))
		}
	}
	return r
}

// fnHost is the host label that the origin function of these tests admits.
const fnHost = "fn"

func admitsFn(o concors.Origin) bool {
	return o.Host == fnHost || strings.HasPrefix(o.Host, fnHost+".") || o.Scheme == fnHost
}

func admitsFnOf(_ context.Context, o concors.Origin, _ concors.Request) bool { return admitsFn(o) }
