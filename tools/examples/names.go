package examples

import (
	"go/ast"
	"go/build"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
)

// Missing lists the exported functions, methods and types of the package in dir
// that have no example whose output is compared, in the order of go doc. A type
// is shown by an example of its own, or of a function that makes one, or of a
// method.
func Missing(dir string) ([]string, error) {
	p, err := load(dir)
	if err != nil {
		return nil, err
	}
	var missing []string
	funcs := func(prefix string, funcs []*doc.Func) (shown bool) {
		for _, f := range funcs {
			if runs(f.Examples) {
				shown = true
			} else {
				missing = append(missing, prefix+f.Name)
			}
		}
		return shown
	}
	funcs("", p.Funcs)
	for _, typ := range p.Types {
		made := funcs("", typ.Funcs)
		used := funcs(typ.Name+".", typ.Methods)
		if !made && !used && !runs(typ.Examples) {
			missing = append(missing, typ.Name)
		}
	}
	return missing, nil
}

// runs reports whether one of the examples is run and its output compared.
func runs(examples []*doc.Example) bool {
	for _, e := range examples {
		if e.Output != "" || e.EmptyOutput {
			return true
		}
	}
	return false
}

// load reads a package with the files of its tests, which hold the examples.
func load(dir string) (*doc.Package, error) {
	files, err := build.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, list := range [][]string{files.GoFiles, files.TestGoFiles, files.XTestGoFiles} {
		for _, name := range list {
			file, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, parser.ParseComments)
			if err != nil {
				return nil, err
			}
			parsed = append(parsed, file)
		}
	}
	return doc.NewFromFiles(fset, parsed, files.ImportPath)
}

// Synopsis returns the first sentence of the comment of the package in dir,
// which lists of packages show.
func Synopsis(dir string) (string, error) {
	p, err := load(dir)
	if err != nil {
		return "", err
	}
	return p.Synopsis(p.Doc), nil
}
