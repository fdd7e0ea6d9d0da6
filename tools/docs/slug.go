package main

import (
	"strconv"
	"strings"
	"unicode"
)

// A slugger gives headings the anchors that GitHub gives them; the second
// heading with one text gets -1 behind it.
type slugger map[string]int

func (s slugger) slug(heading string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.Mn, r):
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(heading))
	n := s[slug]
	s[slug]++
	if n > 0 {
		return slug + "-" + strconv.Itoa(n)
	}
	return slug
}
