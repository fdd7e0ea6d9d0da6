package source

import (
	"go/ast"
	"go/parser"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/packages"
)

// addIgnored reads the files that build constraints leave out, each by itself.
func (p *Program) addIgnored(pkgs []*packages.Package, known map[string]*types.Package, patterns []string) []Warning {
	var names []string
	read := map[string]bool{}
	for _, pkg := range pkgs {
		names = append(names, pkg.IgnoredFiles...)
		for _, name := range slices.Concat(pkg.GoFiles, pkg.IgnoredFiles) {
			read[filepath.Dir(name)] = true
		}
	}
	names = append(names, p.unbuilt(patterns, read)...)
	slices.Sort(names)
	var warnings []Warning
	for _, name := range slices.Compact(names) {
		if filepath.Ext(name) != ".go" {
			continue
		}
		file, err := parser.ParseFile(p.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			warnings = append(warnings, Warning{"not read: " + err.Error(), true})
			continue
		}
		p.addVariants(file)
		p.units = append(p.units, checkAlone(p, file, importer(known)))
	}
	return warnings
}

// unbuilt finds the files in folders of which the go command builds none: a
// pattern with "..." passes them over.
func (p *Program) unbuilt(patterns []string, read map[string]bool) []string {
	var names []string
	for _, pattern := range patterns {
		below, wide := strings.CutSuffix(pattern, "...")
		if !wide || !strings.HasPrefix(pattern, ".") {
			continue
		}
		root, err := filepath.Abs(filepath.Join(p.dir, below))
		if err != nil {
			continue
		}
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // what cannot be opened holds no package
			case entry.IsDir() && path != root && passedOver(path, entry.Name()):
				return fs.SkipDir
			case !entry.IsDir() && filepath.Ext(path) == ".go" && !read[filepath.Dir(path)]:
				names = append(names, path)
			}
			return nil
		})
	}
	return names
}

// passedOver reports whether "..." does not go below a folder: see go help
// packages.
func passedOver(path, name string) bool {
	if name == "testdata" || name == "vendor" || name[0] == '.' || name[0] == '_' {
		return true
	}
	_, err := os.Stat(filepath.Join(path, "go.mod"))
	return err == nil
}

// checkAlone resolves the names of one file. Errors are expected: the rest of
// its package is missing.
func checkAlone(p *Program, file *ast.File, imports types.Importer) *unit {
	info := &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Importer: imports, Error: func(error) {}}
	files := []*ast.File{file}
	_, _ = conf.Check(file.Name.Name, p.fset, files, info) // what it could not resolve stays an expression
	return &unit{p.fset, inspector.New(files).Root(), info, files}
}
