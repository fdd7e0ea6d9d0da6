package source

import (
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

// setters are the names under which routers set a response field.
var setters = []string{"Set", "Add", "Header", "SetHeader", "Append"}

// ByHand returns where the program writes response fields of CORS itself, one
// place a line, in the order of the files.
func (p *Program) ByHand() []string {
	f := &finder{Program: p}
	var lines []string
	for _, u := range p.units {
		for c := range u.tree.Preorder((*ast.CallExpr)(nil), (*ast.AssignStmt)(nil), (*ast.KeyValueExpr)(nil)) {
			for _, e := range f.written(c) {
				if name := u.literal(e); isResponseField(name) {
					lines = append(lines, f.line(c.Node().Pos())+": "+name)
				}
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

func isResponseField(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "access-control-") && !strings.HasPrefix(name, "access-control-request-")
}

// written returns what may be the names of fields that c writes: of a call, of
// an element of a map, or of the keys of one, which tests hold for comparing.
func (f *finder) written(c inspector.Cursor) (names []ast.Expr) {
	switch n := c.Node().(type) {
	case *ast.CallExpr:
		sel, ok := n.Fun.(*ast.SelectorExpr)
		if ok && len(n.Args) >= 2 && slices.Contains(setters, sel.Sel.Name) {
			names = append(names, n.Args[0])
		}
	case *ast.AssignStmt:
		for _, left := range n.Lhs {
			if index, ok := left.(*ast.IndexExpr); ok {
				names = append(names, index.Index)
			}
		}
	case *ast.KeyValueExpr:
		if !strings.HasSuffix(f.position(n.Pos()).Filename, "_test.go") {
			names = append(names, n.Key)
		}
	}
	return names
}
