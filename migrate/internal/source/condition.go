package source

import (
	"go/ast"

	"golang.org/x/tools/go/ast/inspector"
)

// depends remarks that what stands at c counts under a condition alone, if so.
func (f *finder) depends(place *Place, u *unit, c inspector.Cursor) {
	outer, condition := u.condition(c)
	if condition == "" {
		return
	}
	place.remarkOnce("it counts only under a condition, " + condition + " at " + f.line(outer.Pos()) +
		": keep that around its Config, which is never to be joined with that of another branch")
}

// condition returns the innermost condition that c stands under, if any.
func (u *unit) condition(c inspector.Cursor) (ast.Node, string) {
	at := c.Node().Pos()
	for outer := range c.Enclosing((*ast.IfStmt)(nil), (*ast.CaseClause)(nil)) {
		switch n := outer.Node().(type) {
		case *ast.IfStmt:
			question := "if " + first(u.text(n.Cond))
			if n.Body.Pos() <= at && at < n.Body.End() {
				return n, question
			}
			if n.Else != nil && n.Else.Pos() <= at {
				return n, "the else of " + question
			}
		case *ast.CaseClause:
			if at < n.Colon {
				continue
			}
			if len(n.List) == 0 {
				return n, "default"
			}
			return n, "case " + first(u.text(n.List[0]))
		}
	}
	return nil, ""
}
