package library

import (
	"go/token"
	"maps"
	"slices"
	"testing"

	"github.com/concors/concors/migrate/internal/source"
	"github.com/concors/concors/migrate/internal/testprogram"
	"golang.org/x/tools/go/packages"
)

func isRead(t *source.Target) bool { return t.Unread == "" }

// TestPresets reads the libraries' own source: what their defaults are said to
// be here is what stands there.
func TestPresets(t *testing.T) {
	var targets []*source.Target
	var paths []string
	for _, l := range All() {
		target := l.targets[slices.IndexFunc(l.targets, isRead)]
		targets, paths = append(targets, target), append(paths, target.Path)
	}
	testprogram.Alone(t)
	program, _, err := source.Load("../../testdata/programs", "", paths)
	if err != nil {
		t.Fatal(err)
	}
	places := program.Find(targets)
	pkgs := published(t, packages.NeedName|packages.NeedFiles|packages.NeedSyntax|packages.NeedTypes|packages.NeedTypesInfo|packages.NeedImports, paths...)
	for _, target := range targets {
		pkg := pkgs[slices.IndexFunc(pkgs, func(pkg *packages.Package) bool { return pkg.PkgPath == target.Path })]
		presets := maps.Clone(target.Whole)
		maps.Copy(presets, target.Bases)
		for name, fields := range presets {
			begin, end := declared(t, pkg, name)
			found := 0
			for _, place := range places {
				if place.Pos.Filename != begin.Filename || place.Pos.Offset < begin.Offset || place.Pos.Offset >= end.Offset {
					continue
				}
				found++
				if got, want := said(place.Fields), said(fields); !maps.Equal(got, want) {
					t.Errorf("%s.%s is %v in the library, said to be %v", target.Path, name, got, want)
				}
			}
			if found == 0 {
				t.Errorf("no configuration found in %s.%s", target.Path, name)
			}
		}
	}
}

// said is what fields hold, zero values and functions aside.
func said(fields []source.Field) map[string]string {
	texts := map[string]string{}
	for _, f := range fields {
		switch v := f.Value; {
		case v.IsZero() || v.Kind == source.Func:
		case v.Kind == source.List:
			texts[f.Name] = "[]"
			for _, item := range v.Texts() {
				texts[f.Name] += " " + item
			}
		default:
			texts[f.Name] = v.Quote()
		}
	}
	return texts
}

// declared says where a function or variable of a package stands.
func declared(t *testing.T, pkg *packages.Package, name string) (begin, end token.Position) {
	t.Helper()
	obj := pkg.Types.Scope().Lookup(name)
	if obj == nil {
		t.Fatalf("%s has no %s", pkg.PkgPath, name)
	}
	for _, file := range pkg.Syntax {
		for _, d := range file.Decls {
			if d.Pos() <= obj.Pos() && obj.Pos() < d.End() {
				return pkg.Fset.Position(d.Pos()), pkg.Fset.Position(d.End())
			}
		}
	}
	t.Fatalf("%s.%s is not in the source", pkg.PkgPath, name)
	return
}
