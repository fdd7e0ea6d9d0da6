package main

import (
	"fmt"
	"regexp"
	"strings"
)

// patterns are the flags of go test that choose, by what they choose from.
var patterns = map[string]string{"-run": "Test|Example|Fuzz", "-bench": "Benchmark", "-fuzz": "Fuzz"}

// goTest wants the packages to exist, and each pattern to choose something.
func (s *shellBlock) goTest(words []string) error {
	var folders []string
	chosen := map[string]string{}
	for i := 0; i < len(words); i++ {
		flag, value, joined := strings.Cut(words[i], "=")
		switch {
		case !strings.HasPrefix(flag, "-"):
			found, err := s.tested(words[i])
			if err != nil {
				return err
			}
			folders = append(folders, found...)
		case joined:
			chosen[flag] = value
		case takesValue[flag] && i+1 < len(words):
			i++
			chosen[flag] = words[i]
		}
	}
	for flag, kinds := range patterns {
		if value := chosen[flag]; value != "" && value != "^$" && !s.outside {
			if err := s.chooses(folders, kinds, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// takesValue are the flags whose value is mostly the next word.
var takesValue = map[string]bool{
	"-run": true, "-bench": true, "-fuzz": true, "-count": true, "-benchtime": true, "-timeout": true,
	"-fuzztime": true, "-tags": true, "-cpu": true, "-skip": true,
}

func (s *shellBlock) tested(name string) ([]string, error) {
	switch {
	case s.outside:
		return nil, nil
	case name == "work":
		return sortedKeys(s.tree.folders), nil
	}
	return s.packages(name)
}

// chooses asks whether a test by that pattern is declared. Subtests, behind a
// slash, are not looked for.
func (s *shellBlock) chooses(folders []string, kinds, pattern string) error {
	outer, _, _ := strings.Cut(pattern, "/")
	wanted, err := regexp.Compile(outer)
	if err != nil {
		return err
	}
	declared := regexp.MustCompile(`(?m)^func ((?:` + kinds + `)\w*)\(`)
	for _, folder := range folders {
		for file := range s.tree.files {
			if !strings.HasSuffix(file, "_test.go") || joined(folder, file[strings.LastIndex(file, "/")+1:]) != file {
				continue
			}
			source, err := s.tree.read(file)
			if err != nil {
				return err
			}
			for _, found := range declared.FindAllSubmatch(source, -1) {
				if wanted.Match(found[1]) {
					return nil
				}
			}
		}
	}
	return fmt.Errorf("%s chooses nothing", pattern)
}
