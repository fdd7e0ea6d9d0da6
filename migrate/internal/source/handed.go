package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

// handedOn remarks where something else gets hold of the variable or field key,
// and may change the configuration in it.
func (f *finder) handedOn(key string, start *from) {
	pointer := isPointer(start)
	for _, u := range f.units {
		for c := range u.tree.Preorder((*ast.CallExpr)(nil), (*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil)) {
			for _, e := range values(c.Node()) {
				switch {
				case pointer && names(u, e, key):
					start.place.remarkOnce("its pointer is handed on at " + f.line(e.Pos()) + ", and what is done there is not followed: " + first(u.text(c.Node())))
				case f.fills(u, c, e, key):
					start.place.remarkOnce("what holds it is handed on at " + f.line(e.Pos()) + ", and may be given other values there: " + first(u.text(c.Node())))
				}
			}
		}
	}
}

// values are the expressions that a node hands on.
func values(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		return n.Args
	case *ast.AssignStmt:
		return n.Rhs
	case *ast.ValueSpec:
		return n.Values
	}
	return nil
}

func isPointer(start *from) bool {
	if call, ok := start.cur.Node().(*ast.CallExpr); ok {
		id, _ := call.Fun.(*ast.Ident)
		return id != nil && id.Name == "new"
	}
	unary, ok := start.cur.Parent().Node().(*ast.UnaryExpr)
	return ok && unary.Op == token.AND
}

// names reports whether e is the variable or field itself.
func names(u *unit, e ast.Expr, key string) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		return u.holder(e) == key
	}
	return false
}

// fills reports whether c calls a function that this program does not hold with
// a pointer to a struct that has the field key, as decoders are called.
func (f *finder) fills(u *unit, c inspector.Cursor, e ast.Expr, key string) bool {
	call, ok := c.Node().(*ast.CallExpr)
	if !ok || f.callee(u, call) != nil {
		return false
	}
	pointer, ok := types.Unalias(u.typeOf(e)).(*types.Pointer)
	if !ok || prints(u, call) {
		return false
	}
	return u.holds(pointer.Elem(), key, 0)
}

// prints reports whether a call only shows what it is handed.
func prints(u *unit, call *ast.CallExpr) bool {
	path, name := u.named(call.Fun)
	return path == "fmt" && !strings.Contains(strings.ToLower(name), "scan") || path == "log" || path == "log/slog"
}

// holds reports whether a struct has the field key, however deep.
func (u *unit) holds(typ types.Type, key string, depth int) bool {
	s, ok := typ.Underlying().(*types.Struct)
	if !ok || depth > 8 {
		return false
	}
	for field := range s.Fields() {
		if u.key(field) == key || u.holds(field.Type(), key, depth+1) {
			return true
		}
	}
	return false
}
