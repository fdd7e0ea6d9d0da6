package source

import (
	"go/ast"

	"golang.org/x/tools/go/ast/inspector"
)

// farthest ends a middleware's way through functions that call each other.
const farthest = 12

// site is a call that is handed a middleware.
type site struct {
	unit *unit
	cur  inspector.Cursor
}

// handedTo returns the calls that are handed the middleware at c: directly, by
// a variable or field, by a method of it, or by a function that returns it.
func (f *finder) handedTo(u *unit, c inspector.Cursor, depth int) []site {
	if depth > farthest {
		return nil
	}
	c = outermost(c)
	parent := c.Parent()
	switch n := parent.Node().(type) {
	case *ast.CallExpr:
		if n.Fun == c.Node() {
			return f.handedTo(u, parent, depth+1)
		}
		return []site{{u, parent}}
	case *ast.ReturnStmt:
		return f.returned(u, parent, depth)
	case *ast.AssignStmt:
		for i, right := range n.Rhs {
			if right == c.Node() && len(n.Lhs) == len(n.Rhs) {
				return f.uses(u.holder(n.Lhs[i]), depth)
			}
		}
	case *ast.ValueSpec:
		for i, value := range n.Values {
			if value == c.Node() && len(n.Values) == len(n.Names) {
				return f.uses(u.holder(n.Names[i]), depth)
			}
		}
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok && n.Value == c.Node() {
			return f.uses(u.holder(id), depth)
		}
	}
	return nil
}

// outermost is c, or the method of what c makes, such as Handler.
func outermost(c inspector.Cursor) inspector.Cursor {
	for {
		switch c.Parent().Node().(type) {
		case *ast.ParenExpr, *ast.SelectorExpr:
			c = c.Parent()
		default:
			return c
		}
	}
}

// returned follows what a function returns to its calls.
func (f *finder) returned(u *unit, c inspector.Cursor, depth int) []site {
	for outer := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		if fn, ok := outer.Node().(*ast.FuncDecl); ok {
			return f.uses(u.key(u.info.Defs[fn.Name]), depth)
		}
		return f.handedTo(u, outer, depth+1)
	}
	return nil
}

// uses follows a variable, field or function to where its name stands.
func (f *finder) uses(key string, depth int) (sites []site) {
	if key == "" {
		return nil
	}
	for _, u := range f.units {
		for c := range u.tree.Preorder((*ast.Ident)(nil)) {
			if id := c.Node().(*ast.Ident); u.holder(id) == key || u.key(u.object(id)) == key {
				sites = append(sites, f.handedTo(u, c, depth+1)...)
			}
		}
	}
	return sites
}
