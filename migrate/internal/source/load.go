// Package source finds the configurations of CORS libraries in Go source and
// reads what they say.
package source

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/packages"
)

// unit is files that were type-checked together, as far as they go.
type unit struct {
	fset  *token.FileSet
	tree  inspector.Cursor
	info  *types.Info
	files []*ast.File
}

// Load reads the packages that patterns name, in dir, tests and files that
// build constraints leave out included. The warnings say which packages do not
// type-check, and are read by syntax and import paths therefore.
func Load(dir, tags string, patterns []string) (*Program, []string, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, nil, err
	}
	cfg := &packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedTypes | packages.NeedTypesInfo | packages.NeedSyntax | packages.NeedModule,
		Dir:   dir,
		Fset:  token.NewFileSet(),
		Tests: true,
	}
	if tags != "" {
		cfg.BuildFlags = []string{"-tags=" + tags}
	}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, nil, err
	}
	program := &Program{dir: dir, fset: cfg.Fset}
	warnings, err := program.add(pkgs)
	if err != nil {
		return nil, nil, err
	}
	program.index()
	return program, warnings, nil
}

func (p *Program) add(pkgs []*packages.Package) ([]string, error) {
	known := map[string]*types.Package{}
	var warnings []string
	files := 0
	for _, pkg := range pkgs {
		for path, dep := range pkg.Imports {
			known[path] = dep.Types
		}
		if strings.HasSuffix(pkg.ID, ".test") {
			continue // the main function that go test writes
		}
		if text := trouble(pkg); text != "" && !slices.Contains(warnings, text) {
			warnings = append(warnings, text)
		}
		files += len(pkg.Syntax) + len(pkg.IgnoredFiles)
		if len(pkg.Syntax) > 0 {
			p.units = append(p.units, &unit{p.fset, inspector.New(pkg.Syntax).Root(), pkg.TypesInfo, pkg.Syntax})
		}
	}
	if files == 0 {
		if len(warnings) > 0 {
			return nil, errors.New(warnings[0])
		}
		return nil, errors.New("no Go file matches")
	}
	return append(warnings, p.addIgnored(pkgs, known)...), nil
}

// trouble says what keeps the types of pkg from being known.
func trouble(pkg *packages.Package) string {
	if len(pkg.Errors) == 0 {
		return ""
	}
	return fmt.Sprintf("%s does not type-check, so it is read by syntax and import paths: %s",
		pkg.PkgPath, first(pkg.Errors[0].Error()))
}

// addIgnored reads the files that build constraints leave out, each by itself.
func (p *Program) addIgnored(pkgs []*packages.Package, known map[string]*types.Package) []string {
	var warnings []string
	seen := map[string]bool{}
	for _, pkg := range pkgs {
		for _, name := range pkg.IgnoredFiles {
			if seen[name] || filepath.Ext(name) != ".go" {
				continue
			}
			seen[name] = true
			file, err := parser.ParseFile(p.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				warnings = append(warnings, "not read: "+err.Error())
				continue
			}
			p.units = append(p.units, checkAlone(p.fset, file, importer(known)))
		}
	}
	return warnings
}

// checkAlone resolves the names of one file. Errors are expected: the rest of
// its package is missing.
func checkAlone(fset *token.FileSet, file *ast.File, imports types.Importer) *unit {
	info := &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Importer: imports, Error: func(error) {}}
	files := []*ast.File{file}
	_, _ = conf.Check(file.Name.Name, fset, files, info) // what it could not resolve stays an expression
	return &unit{fset, inspector.New(files).Root(), info, files}
}

// importer hands out the packages that are loaded already.
type importer map[string]*types.Package

func (i importer) Import(path string) (*types.Package, error) {
	if pkg := i[path]; pkg != nil {
		return pkg, nil
	}
	return nil, errors.New("not loaded")
}

func first(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
