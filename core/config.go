package concors

import (
	"maps"
	"slices"
)

// Config is a CORS policy as plain data. Its JSON names are those of the CORS
// filter of the Kubernetes Gateway API. The zero Config allows nothing: without
// an origin function [NewPolicy] refuses it. As a value of Paths it means "no
// CORS here".
//
// A Config is checked whole by [NewPolicy] and [Policy.Reload], which copy what
// they keep: changing a Config afterwards changes no policy.
type Config struct {
	// AllowOrigins lists the origins whose pages may read responses, as
	// browsers serialise them, or patterns: "*" (every origin),
	// "https://*.example.com" (every subdomain, not example.com itself),
	// "http://localhost:*" (any port, or none), "https://*" (every host of the
	// scheme).
	AllowOrigins []string `json:"allowOrigins,omitempty"`

	// AllowMethods lists the methods that pages may use beyond GET, HEAD and
	// POST, which CORS cannot forbid. Methods are compared with case: "patch"
	// does not allow PATCH. "*" allows every method; with AllowCredentials, where
	// browsers take "*" literally, the usual methods are listed instead, and the
	// requested one besides if it has at most 16384 bytes.
	AllowMethods []string `json:"allowMethods,omitempty"`

	// AllowHeaders lists the request headers that pages may set beyond the
	// CORS-safelisted ones, without regard to case. "*" allows every header,
	// Authorization included; with AllowCredentials, where browsers take "*"
	// literally, the requested names are written back, at most 16384 bytes of
	// them.
	AllowHeaders []string `json:"allowHeaders,omitempty"`

	// ExposeHeaders lists the response headers that pages may read beyond the
	// CORS-safelisted ones. "*" exposes all, and needs AllowCredentials off.
	ExposeHeaders []string `json:"exposeHeaders,omitempty"`

	// AllowCredentials lets pages send cookies, HTTP authentication and client
	// certificates, and read what the server answers to them.
	AllowCredentials bool `json:"allowCredentials,omitempty"`

	// MaxAge is how long a browser may keep the answer to a preflight, in
	// seconds. 0 sends no field, and browsers keep the answer for 5 seconds. A
	// negative value sends 0: never kept. The most is 86400, where Firefox
	// stops; Chromium stops at 7200, WebKit at 600.
	MaxAge int `json:"maxAge,omitempty"`

	// PreflightStatus is the status of a successful preflight, 200 to 299.
	// 0 means 204.
	PreflightStatus int `json:"preflightStatus,omitempty"`

	// Paths gives parts of the server a policy of their own, which replaces
	// the surrounding one and inherits nothing. The key "/a/" covers /a and
	// all below it, "/a" covers /a and /a/ alone; the longest key that covers
	// a path wins. A Config without fields passes requests on untouched.
	Paths map[string]Config `json:"paths,omitempty"`

	// DangerouslyAllowNullOrigin lets AllowOrigins list "null", the origin
	// that sandboxed frames and local files send. Any site can make such a
	// frame, so with AllowCredentials "null" stays refused.
	DangerouslyAllowNullOrigin bool `json:"dangerouslyAllowNullOrigin,omitempty"`

	// DangerouslyAllowInsecureOrigins lets origins of the scheme http be
	// allowed with credentials. Whoever controls a visitor's network can speak
	// for such an origin. Loopback origins, such as http://localhost:3000, do
	// not need it.
	DangerouslyAllowInsecureOrigins bool `json:"dangerouslyAllowInsecureOrigins,omitempty"`

	// DangerouslyAllowPublicSuffixes lets AllowOrigins hold subdomain
	// wildcards on a public suffix, such as "https://*.github.io", below which
	// anybody may register a name.
	DangerouslyAllowPublicSuffixes bool `json:"dangerouslyAllowPublicSuffixes,omitempty"`
}

// clone returns a copy that shares no memory with c but the strings.
// Paths inside Paths are no part of a policy, and may not end: they stay as they
// are, to be refused.
func (c Config) clone() Config {
	c = c.cloneLists()
	c.Paths = maps.Clone(c.Paths)
	for key, inner := range c.Paths {
		c.Paths[key] = inner.cloneLists()
	}
	return c
}

func (c Config) cloneLists() Config {
	c.AllowOrigins = slices.Clone(c.AllowOrigins)
	c.AllowMethods = slices.Clone(c.AllowMethods)
	c.AllowHeaders = slices.Clone(c.AllowHeaders)
	c.ExposeHeaders = slices.Clone(c.ExposeHeaders)
	return c
}

// isEmpty reports whether c is {}: no field set, Paths aside.
func (c Config) isEmpty() bool {
	return len(c.AllowOrigins) == 0 && len(c.AllowMethods) == 0 && len(c.AllowHeaders) == 0 &&
		len(c.ExposeHeaders) == 0 && !c.AllowCredentials && c.MaxAge == 0 && c.PreflightStatus == 0 &&
		!c.DangerouslyAllowNullOrigin && !c.DangerouslyAllowInsecureOrigins && !c.DangerouslyAllowPublicSuffixes
}
