package source

import (
	"go/ast"
	"slices"
	"strings"
)

// setters are the names under which routers set a response field.
var setters = []string{"Set", "Add", "Header", "SetHeader", "Append"}

// ByHand returns where the program writes response fields of CORS itself, one
// place a line, in the order of the files.
func (p *Program) ByHand() []string {
	f := &finder{Program: p}
	var lines []string
	for _, u := range p.units {
		for c := range u.tree.Preorder((*ast.CallExpr)(nil)) {
			call := c.Node().(*ast.CallExpr)
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || len(call.Args) < 2 || !slices.Contains(setters, sel.Sel.Name) {
				continue
			}
			if name := u.literal(call.Args[0]); strings.HasPrefix(strings.ToLower(name), "access-control-allow-") {
				lines = append(lines, f.line(call.Pos())+": "+name)
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
