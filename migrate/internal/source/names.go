package source

import (
	"go/ast"
	"go/types"
	"strconv"
)

// named says which name of which package e is: by the types where they are
// known, else by the imports of its file.
func (u *unit) named(e ast.Expr) (path, name string) {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		id, ok := e.X.(*ast.Ident)
		if !ok {
			return "", ""
		}
		if pkg, ok := u.info.Uses[id].(*types.PkgName); ok {
			return pkg.Imported().Path(), e.Sel.Name
		}
	case *ast.Ident:
		obj := u.object(e)
		if obj == nil {
			return u.dotImported(e)
		}
		if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
			return obj.Pkg().Path(), obj.Name()
		}
	}
	return "", ""
}

// dotImported guesses for a name that nothing declares: an import with a dot
// of a package that could not be loaded does.
func (u *unit) dotImported(id *ast.Ident) (path, name string) {
	for _, file := range u.files {
		if file.FileStart > id.Pos() || id.Pos() >= file.FileEnd {
			continue
		}
		for _, spec := range file.Imports {
			if spec.Name != nil && spec.Name.Name == "." {
				path, _ = strconv.Unquote(spec.Path.Value) // the parser has read it
				return path, id.Name
			}
		}
	}
	return "", ""
}

func (u *unit) object(id *ast.Ident) types.Object {
	if obj := u.info.Uses[id]; obj != nil {
		return obj
	}
	return u.info.Defs[id]
}

// root returns the variable or struct field that e stands for, or nil.
func (u *unit) root(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := u.object(e).(*types.Var); ok {
			return v
		}
	case *ast.SelectorExpr:
		if v, ok := u.info.Uses[e.Sel].(*types.Var); ok {
			return v
		}
	case *ast.StarExpr:
		return u.root(e.X)
	}
	return nil
}

// key names an object across packages and test variants, which each have
// their own types.Object for it.
func (u *unit) key(obj types.Object) string {
	if obj == nil {
		return ""
	}
	if pkg := obj.Pkg(); pkg != nil && obj.Parent() == pkg.Scope() {
		return pkg.Path() + "." + obj.Name()
	}
	return u.fset.Position(obj.Pos()).String()
}

// holder is the key of what e stands for, declared in a package that could not
// be loaded even.
func (u *unit) holder(e ast.Expr) string {
	if obj := u.root(e); obj != nil {
		return u.key(obj)
	}
	if path, name := u.named(e); path != "" {
		return path + "." + name
	}
	return ""
}

// isConfig reports whether t, or what it points to, is the type of
// target's configuration.
func isConfig(typ types.Type, target *Target) bool {
	if typ == nil {
		return false
	}
	if pointer, ok := types.Unalias(typ).(*types.Pointer); ok {
		typ = pointer.Elem()
	}
	named, ok := types.Unalias(typ).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == target.home() && named.Obj().Name() == target.Config
}
