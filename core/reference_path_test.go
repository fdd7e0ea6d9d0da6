package concors_test

import (
	"net/url"
	"strings"

	concors "github.com/concors/concors/core"
)

// refKey finds the key of Paths that covers a request: it must win in every
// reading, and stand at the front of every spelling as it is.
func refKey(cfg concors.Config, r concors.Request) (key string, covered, ok bool) {
	spellings := []string{r.Path}
	if r.Path == "" {
		spellings[0] = "/"
	}
	if r.RawPath != "" {
		if _, err := url.PathUnescape(r.RawPath); err != nil {
			return "", false, false
		}
		spellings = append(spellings, r.RawPath)
	}
	for i, spelling := range spellings {
		found, isCovered, isPath := refRead(cfg, spelling)
		if !isPath || i > 0 && (found != key || isCovered != covered) {
			return "", false, false
		}
		key, covered = found, isCovered
	}
	return key, covered, true
}

func refRead(cfg concors.Config, spelling string) (key string, covered, ok bool) {
	if !strings.HasPrefix(spelling, "/") {
		return "", false, false
	}
	reading := lowerASCII(strings.ReplaceAll(undoEscapes(spelling), `\`, "/"))
	segments := strings.Split(strings.TrimPrefix(reading, "/"), "/")
	for i, segment := range segments {
		if segment == "." || segment == ".." || segment == "" && i < len(segments)-1 {
			return "", false, false
		}
	}
	for candidate := range cfg.Paths {
		bare, isSubtree := strings.CutSuffix(lowerASCII(candidate), "/")
		here := reading == bare || reading == bare+"/"
		if !here && !(isSubtree && strings.HasPrefix(reading, bare+"/")) {
			continue
		}
		// "/a" beats "/a/", otherwise the longer one wins.
		if !covered || len(strings.TrimSuffix(candidate, "/")) > len(strings.TrimSuffix(key, "/")) || candidate+"/" == key {
			key, covered = candidate, true
		}
	}
	if !covered {
		return "", false, true
	}
	rest, stands := strings.CutPrefix(spelling, strings.TrimSuffix(key, "/"))
	return key, true, stands && (rest == "" || rest[0] == '/')
}

// undoEscapes undoes each %XX once; a "%" that begins none stands for itself.
func undoEscapes(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		if s[0] == '%' && len(s) > 2 {
			if c, err := url.PathUnescape(s[:3]); err == nil {
				b.WriteString(c)
				s = s[3:]
				continue
			}
		}
		b.WriteByte(s[0])
		s = s[1:]
	}
	return b.String()
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}
