package schema_test

import (
	"encoding/json"
	"strconv"
	"strings"
)

// source turns bytes into choices. When they are used up, every choice is the
// first one.
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

// Each list begins with what is right.
var (
	someOrigins = []string{
		"https://app.example.com", "https://*.example.com", "http://localhost:*", "https://10.0.0.1", "http://[::1]:3000", "capacitor://localhost",
		"http://app.example.com", "https://*", "*", "null", "https://*.github.io", "http://127.0.0.1", "https://a.0x1", "https://1.2", "file://x",
	}
	someMethods = []string{"PUT", "PATCH", "patch", "DELETE", "PURGE", "*", "put", "TRACE", "P T", ""}
	someHeaders = []string{"X-A", "Content-Type", "x-a", "ETag", "*", "Origin", "Set-Cookie", "Access-Control-Max-Age", "X A", "sec-x"}
	someKeys    = []string{"/a/", "/a", "/", "/a/b", "/A", "/x.y/", "a", "/{id}", "/a/../b", "//", ""}
	someNumbers = []string{"0", "204", "600", "-1", "86400", "299", "300", "86401", "199", "6e2", "2.5", "-0", "1e99", "9223372036854775808"}
	someOdd     = []string{"null", `""`, `"x"`, "true", "1", "[]", "{}", "[null]", `{"x":1}`}
	// pieces are what an origin may be put together from.
	pieces = []string{"https", "http", "moz-ext", "://", ":", "*", "*.", ".", "example", "com", "localhost", "1", "127", "0", "0x", "[", "]", "::", "f", "80", "443", "8443", "/", "A", "-", "_", "@", "é", "256", "65536"}
)

// policy writes the text of a policy, mostly a right one.
func (s *source) policy(outer bool) string {
	var members []string
	add := func(key, value string) {
		if s.oneIn(60) {
			value = s.pick(someOdd)
		}
		if s.oneIn(80) {
			key = s.pick([]string{strings.ToLower(key), "_" + key, "x", "$schema"})
		}
		members = append(members, strconv.Quote(key)+": "+value)
	}
	add("allowOrigins", s.list(s.origin))
	for _, key := range []string{"allowMethods", "allowHeaders", "exposeHeaders"} {
		entries := someHeaders
		if key == "allowMethods" {
			entries = someMethods
		}
		if s.oneIn(3) {
			add(key, s.list(func() string { return s.mostly(entries) }))
		}
	}
	for _, key := range []string{"allowCredentials", "dangerouslyAllowNullOrigin", "dangerouslyAllowInsecureOrigins", "dangerouslyAllowPublicSuffixes"} {
		if s.oneIn(3) {
			add(key, s.pick([]string{"true", "false"}))
		}
	}
	for _, key := range []string{"maxAge", "preflightStatus"} {
		if s.oneIn(5) {
			add(key, s.mostly(someNumbers))
		}
	}
	switch {
	case outer && s.oneIn(3):
		add("paths", s.paths())
	case s.oneIn(30):
		add("paths", s.pick([]string{"{}", `{"/b": {}}`}))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

func (s *source) paths() string {
	var members []string
	for range s.below(3) {
		key, _ := json.Marshal(s.mostly(someKeys)) // a string always encodes
		value := "{}"
		if !s.oneIn(3) {
			value = s.policy(false)
		}
		members = append(members, string(key)+": "+value)
	}
	return "{" + strings.Join(members, ", ") + "}"
}

func (s *source) list(entry func() string) string {
	entries := []string{}
	for range s.below(4) {
		entries = append(entries, entry())
	}
	text, _ := json.Marshal(entries)
	return string(text)
}

// mostly picks from the front half of a list, and now and then from all of it.
func (s *source) mostly(list []string) string {
	if s.oneIn(8) {
		return s.pick(list)
	}
	return s.pick(list[:(len(list)+1)/2])
}

func (s *source) origin() string {
	if !s.oneIn(6) {
		return s.mostly(someOrigins)
	}
	text := s.pick([]string{"https://", "http://", "x-y://", ""})
	for range s.below(7) {
		text += s.pick(pieces)
	}
	return text
}
