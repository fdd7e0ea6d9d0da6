package main

import (
	"embed"
	"slices"
	"strings"
)

// bare are programs of the same shape as those of the READMEs, without CORS.
// What they compile is the router's doing, what a README's program compiles
// besides is ours.
//
//go:embed bare
var bare embed.FS

// An adapter is a module whose README has a program.
type adapter struct {
	uses []string // which of our modules its code imports, beside core
}

var adapters = map[string]adapter{
	"stdlib": {},
	"chi":    {uses: []string{"stdlib"}},
	"gin":    {},
	"echo":   {},
	"fiber":  {},
}

// elsewhere is what core may import beside the standard library.
var elsewhere = []string{"golang.org/x/net", "golang.org/x/text"}

// surplus returns the packages that our modules add to a router's program
// without leave: another router, or what only our tests need.
func surplus(prefix, folder string, uses, with, without []string) []string {
	modules := append([]string{prefix + "core", prefix + folder}, elsewhere...)
	for _, other := range uses {
		modules = append(modules, prefix+other)
	}
	var found []string
	for _, name := range with {
		if !slices.Contains(without, name) && !slices.ContainsFunc(modules, func(m string) bool {
			return name == m || strings.HasPrefix(name, m+"/")
		}) {
			found = append(found, name)
		}
	}
	return found
}
