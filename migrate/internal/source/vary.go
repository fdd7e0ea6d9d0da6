package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
)

// linked reports whether a variable without a value is one that the linker may
// give one, by -X.
func linked(v *types.Var) bool {
	basic, ok := v.Type().Underlying().(*types.Basic)
	return ok && basic.Kind() == types.String && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}

// addVariants notes what a file that is not built now declares.
func (p *Program) addVariants(file *ast.File) {
	for _, d := range file.Decls {
		group, ok := d.(*ast.GenDecl)
		if !ok || group.Tok != token.VAR && group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			if values, ok := spec.(*ast.ValueSpec); ok {
				for _, id := range values.Names {
					p.variants[p.variant(id.Pos(), file.Name.Name, id.Name)] = true
				}
			}
		}
	}
}

func (p *Program) variant(pos token.Pos, pkg, name string) string {
	return filepath.Dir(p.fset.Position(pos).Filename) + " " + pkg + "." + name
}

// varies reports whether a name in e is declared by a file of another build
// too, so that its value is known for one build alone.
func (p *Program) varies(u *unit, e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := u.object(id); obj != nil && obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
				found = found || p.variants[p.variant(obj.Pos(), obj.Pkg().Name(), obj.Name())]
			}
		}
		return !found
	})
	return found
}
