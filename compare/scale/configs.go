package scale

import (
	"fmt"
	"strings"

	concors "github.com/concors/concors/core"
)

// Entries of the large policies. All of a kind have the same length.
const (
	exactFormat    = "https://tenant-%07d.example.com"
	wildcardFormat = "https://*.tenant-%07d.example.com"
	keyFormat      = "/api/tenant-%07d/"
)

// kinds are those of which there may be a million.
var kinds = []kind{
	{"exact", "exact origins", exactFormat, "https://client-%07d.example.org"},
	{"wildcards", "wildcards", wildcardFormat, "https://*.client-%07d.example.org"},
}

type kind struct {
	id, what string
	format   string
	other    string // that of the second policy, where one takes the place of the first
}

// covered is an origin that the entry covers.
func (k kind) covered(entry int) string {
	return strings.Replace(fmt.Sprintf(k.format, entry), "*", "www", 1)
}

func list(format string, n int) []string {
	entries := make([]string, n)
	for i := range entries {
		entries[i] = fmt.Sprintf(format, i)
	}
	return entries
}

// origins is a policy of n entries, and no more: what it costs they cost.
func origins(format string, n int) concors.Config {
	return concors.Config{AllowOrigins: list(format, n)}
}

// paths is a Config of n rules, each with an origin of its own.
func paths(n int) concors.Config {
	rules := make(map[string]concors.Config, n)
	for i := range n {
		rules[fmt.Sprintf(keyFormat, i)] = concors.Config{AllowOrigins: []string{fmt.Sprintf(exactFormat, i)}}
	}
	return concors.Config{Paths: rules}
}
