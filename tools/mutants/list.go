package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// A mutant is one mistake: one line of one file, changed or deleted.
type mutant struct {
	name string // a sentence that says what is broken
	file string // from the root of the work tree, with slashes
	at   string // where it stands in the lists

	lines []string // as they stand in the file, white space at their ends aside
	index int      // which of lines is changed
	to    string   // what it becomes; "" where it is deleted
}

func (m mutant) String() string { return m.file + ": " + m.name }

// readLists reads the files in lists, in the order of their names.
func readLists(files fs.FS) ([]mutant, error) {
	names, err := fs.Glob(files, "lists/*.txt")
	if err != nil {
		return nil, err
	}
	var all []mutant
	var faults []error
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		mutants, err := parseList(name, string(text))
		all, faults = append(all, mutants...), append(faults, err)
	}
	seen := make(map[string]string)
	for _, m := range all {
		if first, ok := seen[m.name]; ok {
			faults = append(faults, fmt.Errorf("%s: %q is a name at %s already", m.at, m.name, first))
		}
		seen[m.name] = m.at
	}
	return all, errors.Join(faults...)
}

// parseList reads one list. Its form is in README.md.
func parseList(file, text string) ([]mutant, error) {
	var mutants []mutant
	var faults []error
	number := 0
	for block := range strings.SplitSeq(text, "\n\n") {
		first := number + 1
		number += strings.Count(block, "\n") + 2
		lines := strings.Split(block, "\n")
		for len(lines) > 0 && (lines[0] == "" || lines[0][0] == '#') {
			lines = lines[1:]
			first++
		}
		for len(lines) > 0 && lines[len(lines)-1] == "" {
			lines = lines[:len(lines)-1]
		}
		if len(lines) == 0 {
			continue
		}
		m, err := parseMutant(lines)
		m.at = fmt.Sprintf("%s:%d", file, first)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", m.at, err))
			continue
		}
		mutants = append(mutants, m)
	}
	return mutants, errors.Join(faults...)
}

// parseMutant reads a name, a file, and the lines of the change.
func parseMutant(lines []string) (mutant, error) {
	m := mutant{index: -1}
	if len(lines) < 3 {
		return m, errors.New("want a name, a file and a change")
	}
	m.name, m.file = lines[0], lines[1]
	if strings.ContainsAny(m.name[:1], "-+ \t") {
		return m, errors.New("a mutant begins with its name")
	}
	if !strings.HasSuffix(m.file, ".go") || strings.HasSuffix(m.file, "_test.go") {
		return m, fmt.Errorf("%q is no file of code", m.file)
	}
	added := false
	for i, line := range lines[2:] {
		if line == "" {
			return m, fmt.Errorf("line %d of the change is empty", i+1)
		}
		sign, text := line[0], strings.TrimSpace(line[1:])
		switch {
		case sign == ' ':
			m.lines = append(m.lines, text)
		case sign == '-' && m.index < 0:
			m.index = len(m.lines)
			m.lines = append(m.lines, text)
		case sign == '+' && !added && m.index >= 0 && m.index == len(m.lines)-1 && text != "":
			m.to, added = text, true
		default:
			return m, fmt.Errorf("%q: want blanks before context, one line with -, and behind it at most one with +", line)
		}
	}
	if m.index < 0 {
		return m, errors.New("no line is changed")
	}
	if m.lines[m.index] == m.to || m.lines[m.index] == "" {
		return m, errors.New("the change changes nothing")
	}
	return m, nil
}

// apply makes the mistake in the source of m.file. White space at the ends of
// lines does not count, so that a block that moves to the right is found still.
func (m *mutant) apply(source string) (string, error) {
	have := strings.Split(source, "\n")
	found, times := 0, 0
	for i := 0; i+len(m.lines) <= len(have); i++ {
		if slices.EqualFunc(m.lines, have[i:i+len(m.lines)], func(want, line string) bool {
			return want == strings.TrimSpace(line)
		}) {
			found = i + m.index
			times++
		}
	}
	if times != 1 {
		return "", fmt.Errorf("%s: %q: the old text is %d times in %s, want once", m.at, m.name, times, m.file)
	}
	if m.to == "" {
		return strings.Join(slices.Delete(have, found, found+1), "\n"), nil
	}
	have[found] = m.to
	return strings.Join(have, "\n"), nil
}
