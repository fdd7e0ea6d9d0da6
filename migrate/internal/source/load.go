// Package source finds the configurations of CORS libraries in Go source and
// reads what they say.
package source

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
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

// Warning is something that went wrong while reading.
type Warning struct {
	Text string
	// Lost says that some source was not read.
	Lost bool
}

// Load reads the packages that patterns name, in dir, tests and files that
// build constraints leave out included. The warnings say which packages do not
// type-check, and are read by syntax and import paths therefore.
func Load(dir, tags string, patterns []string) (*Program, []Warning, error) {
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
	program := &Program{dir: dir, fset: cfg.Fset, variants: map[string]bool{}}
	warnings, err := program.add(pkgs, patterns)
	if err != nil {
		return nil, nil, err
	}
	program.index()
	return program, warnings, nil
}

func (p *Program) add(pkgs []*packages.Package, patterns []string) ([]Warning, error) {
	known := map[string]*types.Package{}
	var warnings []Warning
	files := 0
	for _, pkg := range pkgs {
		for path, dep := range pkg.Imports {
			known[path] = dep.Types
		}
		if w := trouble(pkg); w.Text != "" && !slices.Contains(warnings, w) {
			warnings = append(warnings, w)
		}
		files += len(pkg.Syntax) + len(pkg.IgnoredFiles)
		if len(pkg.Syntax) > 0 {
			p.units = append(p.units, &unit{p.fset, inspector.New(pkg.Syntax).Root(), pkg.TypesInfo, pkg.Syntax})
		}
	}
	if files == 0 && len(warnings) > 0 {
		return nil, errors.New(warnings[0].Text)
	}
	warnings = append(warnings, p.addIgnored(pkgs, known, patterns)...)
	if len(p.units) == 0 && len(warnings) == 0 {
		return nil, errors.New("no Go file matches")
	}
	return warnings, nil
}

// trouble says what keeps pkg, or its types, from being known.
func trouble(pkg *packages.Package) Warning {
	if len(pkg.Errors) == 0 {
		return Warning{}
	}
	for _, err := range pkg.Errors {
		if err.Kind == packages.ParseError || len(pkg.Syntax) == 0 && len(pkg.IgnoredFiles) == 0 {
			return Warning{fmt.Sprintf("%s is not read whole: %s", pkg.PkgPath, first(err.Error())), true}
		}
	}
	return Warning{fmt.Sprintf("%s does not type-check, so it is read by syntax and import paths: %s",
		pkg.PkgPath, telling(pkg.Errors[0])), false}
}

// telling is the first line that says what is wrong: in front of what the
// compiler says stands the name of the package.
func telling(err packages.Error) string {
	text := err.Error()
	if title, rest, found := strings.Cut(text, "\n"); found && strings.HasPrefix(title, "-: # ") {
		text = rest
	}
	return first(text)
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
