package concors

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"strconv"
	"sync"
)

// Fingerprint returns a hash of the Config in force, 16 hexadecimal digits, by
// which the processes of a fleet are compared: those that have the same one
// answer alike, as far as a Config says how. The origin function, the observer
// and debug mode are no part of it. It tells apart what differs by accident; it
// is no signature.
//
// The same Config has the same fingerprint on every machine, and in every
// release that decides alike. Lists that are nil and empty are the same. The
// order of entries counts where answers show it; that of AllowOrigins and of
// Paths does not.
//
// It is the beginning of the SHA-256 of a text of lines, each of which ends in
// a line feed. The first is "concors-policy-1". Then comes a line for each
// entry or value of the Config, its JSON name, a blank and the value: the
// entries of allowOrigins sorted by their bytes, of allowMethods, allowHeaders
// and exposeHeaders in their order, then allowCredentials, maxAge,
// preflightStatus, dangerouslyAllowNullOrigin, dangerouslyAllowInsecureOrigins
// and dangerouslyAllowPublicSuffixes, those that are false or 0 left out. Last,
// for each key of paths, sorted likewise, come "paths", a blank and the key, and
// the lines of its policy.
//
// It is computed at the first call, and kept until the policy is reloaded: with
// a million origins that call may take a second, and whoever calls meanwhile
// waits. A policy that nobody asks computes nothing.
func (p *Policy) Fingerprint() string {
	c := p.load()
	return c.fingerprint.of(&c.config)
}

// fingerprint is that of one Config, once it is computed.
type fingerprint struct {
	once sync.Once
	text string
}

func (f *fingerprint) of(cfg *Config) string {
	f.once.Do(func() {
		hash := sha256.New()
		text := bufio.NewWriter(hash) // neither of the two returns an error
		cfg.writeCanonical(text)
		text.Flush()
		const length = 8
		f.text = hex.EncodeToString(hash.Sum(nil)[:length])
	})
	return f.text
}

// writeCanonical writes what the comment of Fingerprint describes. No value of a
// Config that was checked holds white space, so that each line reads one way.
func (c *Config) writeCanonical(w io.StringWriter) {
	writeLine(w, "concors-policy-1", "")
	c.writeLines(w)
	for _, key := range slices.Sorted(maps.Keys(c.Paths)) {
		writeLine(w, "paths", key)
		inner := c.Paths[key]
		inner.writeLines(w)
	}
}

// writeLines writes one policy, Paths aside.
func (c *Config) writeLines(w io.StringWriter) {
	origins := c.AllowOrigins
	if !slices.IsSorted(origins) {
		origins = slices.Clone(origins)
		slices.Sort(origins)
	}
	for _, list := range []struct {
		name    string
		entries []string
	}{
		{"allowOrigins", origins},
		{"allowMethods", c.AllowMethods},
		{"allowHeaders", c.AllowHeaders},
		{"exposeHeaders", c.ExposeHeaders},
	} {
		for _, entry := range list.entries {
			writeLine(w, list.name, entry)
		}
	}
	for _, value := range []struct {
		name  string
		isSet bool
		text  string
	}{
		{"allowCredentials", c.AllowCredentials, "true"},
		{"maxAge", c.MaxAge != 0, strconv.Itoa(c.MaxAge)},
		{"preflightStatus", c.PreflightStatus != 0, strconv.Itoa(c.PreflightStatus)},
		{"dangerouslyAllowNullOrigin", c.DangerouslyAllowNullOrigin, "true"},
		{"dangerouslyAllowInsecureOrigins", c.DangerouslyAllowInsecureOrigins, "true"},
		{"dangerouslyAllowPublicSuffixes", c.DangerouslyAllowPublicSuffixes, "true"},
	} {
		if value.isSet {
			writeLine(w, value.name, value.text)
		}
	}
}

func writeLine(w io.StringWriter, name, value string) {
	w.WriteString(name)
	if value != "" {
		w.WriteString(" ")
		w.WriteString(value)
	}
	w.WriteString("\n")
}
