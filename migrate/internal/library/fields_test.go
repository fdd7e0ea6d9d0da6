package library

import (
	"go/types"
	"slices"
	"testing"

	"github.com/concors/concors/migrate/internal/testprogram"
	"golang.org/x/tools/go/packages"
)

// published loads the libraries themselves, as the programs require them.
func published(t *testing.T, mode packages.LoadMode, paths ...string) []*packages.Package {
	t.Helper()
	testprogram.Alone(t)
	pkgs, err := packages.Load(&packages.Config{Mode: mode, Dir: "../../testdata/programs"}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range pkgs {
		if len(pkg.Errors) > 0 {
			t.Fatal(pkg.Errors)
		}
	}
	return pkgs
}

// TestEveryFieldHasARule compares the rules with the types of the libraries.
func TestEveryFieldHasARule(t *testing.T) {
	for _, l := range All() {
		target := l.targets[slices.IndexFunc(l.targets, isRead)]
		pkg := published(t, packages.NeedName|packages.NeedTypes|packages.NeedImports, target.Path)[0]
		config, ok := pkg.Types.Scope().Lookup(target.Config).Type().Underlying().(*types.Struct)
		if !ok {
			t.Fatalf("%s: %s is no struct", target.Path, target.Config)
		}
		var fields []string
		for field := range config.Fields() {
			if field.Exported() {
				fields = append(fields, field.Name())
			}
		}
		handled := l.Handled()
		slices.Sort(fields)
		slices.Sort(handled)
		if !slices.Equal(fields, handled) {
			t.Errorf("%s has the fields\n%q, rules are for\n%q", l.Name, fields, handled)
		}
		for _, name := range target.Mounts {
			if pkg.Types.Scope().Lookup(name) == nil {
				t.Errorf("%s has no %s", target.Path, name)
			}
		}
	}
}
