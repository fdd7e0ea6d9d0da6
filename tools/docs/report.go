package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A fault is what is wrong at a line of a page.
type fault struct {
	file string
	line int
	text string
}

func (f fault) String() string {
	return fmt.Sprintf("%s:%d: %s", f.file, f.line, f.text)
}

// A report gathers the faults of all pages.
type report struct{ faults []fault }

func (r *report) add(file string, line int, format string, args ...any) {
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	r.faults = append(r.faults, fault{file, line, strings.TrimSpace(text)})
}

// sorted returns each fault once, by page and line.
func (r *report) sorted() []fault {
	slices.SortFunc(r.faults, func(a, b fault) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.text, b.text))
	})
	return slices.Compact(r.faults)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
