package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// parseSurvivors reads which mutants no case can find, and why: a name, and on
// the lines below it the reason, with an empty line between two of them.
func parseSurvivors(file, text string, mutants []mutant) (map[string]bool, error) {
	explained := make(map[string]bool)
	var faults []error
	for block := range strings.SplitSeq(text, "\n\n") {
		lines := strings.Split(strings.Trim(block, "\n"), "\n")
		for len(lines) > 0 && strings.HasPrefix(lines[0], "#") {
			lines = lines[1:]
		}
		if len(lines) == 0 || lines[0] == "" {
			continue
		}
		name := lines[0]
		switch {
		case len(lines) == 1:
			faults = append(faults, fmt.Errorf("%s: %q: no reason is given", file, name))
		case explained[name]:
			faults = append(faults, fmt.Errorf("%s: %q is explained twice", file, name))
		case !slices.ContainsFunc(mutants, func(m mutant) bool { return m.name == name }):
			faults = append(faults, fmt.Errorf("%s: %q is no mutant", file, name))
		}
		explained[name] = true
	}
	return explained, errors.Join(faults...)
}
