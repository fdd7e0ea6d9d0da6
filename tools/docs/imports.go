package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// An index knows packages by name: the standard library's, the project's, and
// those that the project imports.
type index struct {
	byName map[string][]string
	byPath map[string]string
}

func (x *index) add(name, path string) {
	if _, known := x.byPath[path]; known || name == "main" || path == "" {
		return
	}
	x.byPath[path] = name
	x.byName[name] = append(x.byName[name], path)
}

// candidates are the packages by a name: that of the standard library, if it
// has one alone, or else all.
func (x *index) candidates(name string) []string {
	var standard []string
	for _, path := range x.byName[name] {
		if domain, _, _ := strings.Cut(path, "/"); !strings.Contains(domain, ".") {
			standard = append(standard, path)
		}
	}
	if len(standard) == 1 {
		return standard
	}
	return x.byName[name]
}

// importSpecs reads what an import marker lists: paths, each with a name before
// it if it needs one.
func importSpecs(value string) []string {
	var specs []string
	for item := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ';' || r == ',' }) {
		words := strings.Fields(strings.ReplaceAll(item, `"`, ""))
		if len(words) == 0 {
			continue
		}
		last := len(words) - 1
		words[last] = strconv.Quote(words[last])
		specs = append(specs, strings.Join(words, " "))
	}
	return specs
}

// complete adds the imports that source lacks, and returns the names of all
// packages that it uses. The error names one that several packages have.
func (x *index) complete(source string) (string, map[string]bool, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	if err != nil {
		return source, nil, nil // the compiler says it
	}
	has := map[string]bool{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		name := x.byPath[path]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		has[name] = true
	}
	var missing strings.Builder
	for _, name := range open(fset, file) {
		if has[name] {
			continue
		}
		switch paths := x.candidates(name); len(paths) {
		case 0:
		case 1:
			has[name] = true
			fmt.Fprintf(&missing, "; import %s %q", name, paths[0])
		default:
			return source, nil, fmt.Errorf("%s is the name of several packages: say which above the block, <!-- import: %s -->",
				name, strings.Join(paths, " or "))
		}
	}
	clause, rest, _ := strings.Cut(source, "\n")
	return clause + missing.String() + "\n" + rest, has, nil
}

// open returns the names before a dot that the file does not declare.
func open(fset *token.FileSet, file *ast.File) []string {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	conf := types.Config{Error: func(error) {}, Importer: nobody{}}
	_, _ = conf.Check("p", fset, []*ast.File{file}, info)
	declared := map[string]bool{}
	for id := range info.Defs {
		declared[id.Name] = true
	}
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if id, ok := selector.X.(*ast.Ident); ok {
			switch object := info.Uses[id]; {
			case object == nil && !declared[id.Name], object != nil && object.Parent() == types.Universe:
				names = append(names, id.Name)
			}
		}
		return true
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// nobody imports nothing: names are looked for, not types.
type nobody struct{}

func (nobody) Import(string) (*types.Package, error) { return nil, errors.New("not here") }
