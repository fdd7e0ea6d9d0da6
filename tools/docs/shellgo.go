package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// project is the path that all modules and packages begin with.
const project = "github.com/concors/concors"

func joined(folder, name string) string { return path.Join(folder, name) }

// golang checks a command of the go tool: modules and packages are ours, and
// what is run is a program.
func (s *shellBlock) golang(cmd command) error {
	if len(cmd.words) < 2 {
		return fmt.Errorf("go what?")
	}
	rest := cmd.words[2:]
	switch cmd.words[1] {
	case "get":
		return each(rest, s.module)
	case "run":
		return s.goRun(cmd, rest)
	case "install":
		return each(rest, func(p string) error { return s.program(p) })
	case "test":
		return s.goTest(rest)
	case "doc":
		return each(rest, func(p string) error { _, err := s.packages(p); return err })
	case "build", "vet":
		return each(rest, s.known)
	case "mod":
		if len(rest) > 0 && (rest[0] == "init" || rest[0] == "tidy") {
			return nil
		}
	case "version", "env":
		return nil
	}
	return fmt.Errorf("go %s cannot be checked here", cmd.words[1])
}

// each checks the words that are no flags.
func each(words []string, check func(string) error) error {
	for _, word := range words {
		if strings.HasPrefix(word, "-") {
			continue
		}
		if err := check(word); err != nil {
			return err
		}
	}
	return nil
}

// module wants a module of the project, or one that it requires itself.
func (s *shellBlock) module(name string) error {
	name, _, _ = strings.Cut(name, "@")
	for file := range s.tree.files {
		if path.Base(file) != "go.mod" {
			continue
		}
		data, err := s.tree.read(file)
		if err != nil {
			return err
		}
		mod, err := modfile.ParseLax(file, data, nil)
		if err != nil {
			return err
		}
		if mod.Module.Mod.Path == name || slices.ContainsFunc(mod.Require, func(r *modfile.Require) bool { return r.Mod.Path == name }) {
			return nil
		}
	}
	return fmt.Errorf("%s is no module of the project, nor one that it requires", name)
}

// goRun has the program built, and asked whether it knows the flags.
func (s *shellBlock) goRun(cmd command, words []string) error {
	if len(words) == 0 || strings.HasPrefix(words[0], "-") {
		return fmt.Errorf("write the package behind run")
	}
	if s.outside && strings.HasPrefix(words[0], ".") {
		return nil // the reader's own
	}
	if err := s.program(words[0]); err != nil {
		return err
	}
	folders, err := s.packages(words[0])
	if err != nil {
		return err
	}
	s.runs = append(s.runs, &goRun{page: s.page, line: cmd.line, folder: folders[0], args: words[1:]})
	return nil
}

func (s *shellBlock) program(name string) error {
	folders, err := s.packages(name)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if s.has(folder, ".go", regexp.MustCompile(`(?m)^package main$`)) {
			return nil
		}
	}
	return fmt.Errorf("%s is no program", name)
}

func (s *shellBlock) known(name string) error {
	if name == "work" || s.outside {
		return nil
	}
	_, err := s.packages(name)
	return err
}

// packages returns the folders of the project's packages by that name.
func (s *shellBlock) packages(name string) ([]string, error) {
	name, _, _ = strings.Cut(name, "@")
	var folders []string
	below, deep := strings.CutSuffix(name, "/...")
	var bases []string
	if inner, ours := strings.CutPrefix(below, project); ours {
		bases = []string{path.Join(".", inner)}
	} else if strings.HasPrefix(below, ".") {
		for _, from := range s.folders {
			bases = append(bases, path.Join(from, below))
		}
	}
	for _, base := range bases {
		for _, folder := range sortedKeys(s.tree.folders) {
			inside := folder == base || deep && (base == "." || strings.HasPrefix(folder, base+"/"))
			if inside && s.has(folder, ".go", nil) {
				folders = append(folders, folder)
			}
		}
		if len(folders) > 0 {
			return folders, nil
		}
	}
	return nil, fmt.Errorf("the project has no package %s", name)
}

// has says whether a folder has a file with that end whose text matches.
func (s *shellBlock) has(folder, end string, text *regexp.Regexp) bool {
	files, _ := filepath.Glob(filepath.Join(s.tree.root, filepath.FromSlash(folder), "*"+end))
	for _, file := range files {
		if text == nil {
			return true
		}
		if source, err := os.ReadFile(file); err == nil && text.Match(source) {
			return true
		}
	}
	return false
}
