package source

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ast/inspector"
)

// Program is what was loaded, with an index of what is declared and changed.
type Program struct {
	dir   string
	fset  *token.FileSet
	units []*unit
	decls map[string]decl // by unit.key
	funcs map[string]*ast.FuncDecl
	// writes holds what happens to a variable or field after its declaration.
	writes map[string][]write
	seen   map[string]bool // test variants hold the same files again
	// variants are the variables and constants that files of other builds declare.
	variants map[string]bool
}

// decl is the declaration of a variable; init is nil without a value.
type decl struct {
	unit *unit
	init ast.Expr
	cur  inspector.Cursor
}

type deed int

const (
	replaced  deed = iota // v = …
	fieldSet              // v.F = …, v.F += …
	inside                // v[i] = …, v.F[i] = …, v.F++, &v.F
	methodRun             // v.M(…)
	handedOut             // &v
)

type write struct {
	unit  *unit
	cur   inspector.Cursor
	deed  deed
	field string      // of fieldSet, inside; the method of methodRun
	base  ast.Expr    // what stands for the variable
	op    token.Token // of fieldSet
	args  []ast.Expr
}

func (p *Program) index() {
	p.decls, p.funcs, p.writes = map[string]decl{}, map[string]*ast.FuncDecl{}, map[string][]write{}
	p.seen = map[string]bool{}
	for _, u := range p.units {
		for c := range u.tree.Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil), (*ast.UnaryExpr)(nil),
			(*ast.CallExpr)(nil), (*ast.FuncDecl)(nil), (*ast.IncDecStmt)(nil), (*ast.RangeStmt)(nil)) {
			p.indexNode(u, c)
		}
	}
}

func (p *Program) indexNode(u *unit, c inspector.Cursor) {
	switch n := c.Node().(type) {
	case *ast.AssignStmt:
		p.indexAssign(u, c, n)
	case *ast.ValueSpec:
		for i, id := range n.Names {
			var init ast.Expr
			if len(n.Values) == len(n.Names) {
				init = n.Values[i]
			}
			if init != nil || len(n.Values) == 0 {
				p.decls[u.key(u.info.Defs[id])] = decl{u, init, c}
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			p.note(u.holder(n.X), write{unit: u, cur: c, deed: handedOut, base: n.X})
			if sel, ok := ast.Unparen(n.X).(*ast.SelectorExpr); ok {
				p.note(u.holder(sel.X), write{unit: u, cur: c, deed: inside, field: sel.Sel.Name, base: sel.X})
			}
		}
	case *ast.CallExpr:
		if sel, ok := n.Fun.(*ast.SelectorExpr); ok {
			p.note(u.holder(sel.X), write{unit: u, cur: c, deed: methodRun, field: sel.Sel.Name, base: sel.X, args: n.Args})
		}
	case *ast.FuncDecl:
		p.funcs[u.key(u.info.Defs[n.Name])] = n
	case *ast.IncDecStmt:
		p.indexTarget(u, c, n.X, nil, token.ILLEGAL)
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			p.indexTarget(u, c, n.Key, nil, token.ILLEGAL)
			p.indexTarget(u, c, n.Value, nil, token.ILLEGAL)
		}
	}
}

func (p *Program) indexAssign(u *unit, c inspector.Cursor, n *ast.AssignStmt) {
	for i, left := range n.Lhs {
		var right ast.Expr
		if len(n.Lhs) == len(n.Rhs) {
			right = n.Rhs[i]
		}
		if id, ok := left.(*ast.Ident); ok && n.Tok == token.DEFINE && u.info.Defs[id] != nil {
			if right != nil {
				p.decls[u.key(u.info.Defs[id])] = decl{u, right, c}
			}
			continue
		}
		p.indexTarget(u, c, left, right, n.Tok)
	}
}

// indexTarget notes that left is given right, or something unknown if nil.
func (p *Program) indexTarget(u *unit, c inspector.Cursor, left, right ast.Expr, op token.Token) {
	var args []ast.Expr
	if right != nil {
		args = []ast.Expr{right}
	}
	switch left := left.(type) {
	case *ast.IndexExpr:
		p.note(u.holder(left.X), write{unit: u, cur: c, deed: inside, base: left.X})
		if sel, ok := left.X.(*ast.SelectorExpr); ok {
			p.note(u.holder(sel.X), write{unit: u, cur: c, deed: inside, field: sel.Sel.Name, base: sel.X})
		}
	case *ast.SelectorExpr:
		how := fieldSet
		if right == nil || op != token.ASSIGN && op != token.ADD_ASSIGN {
			how = inside
		}
		p.note(u.holder(left.X), write{unit: u, cur: c, deed: how, field: left.Sel.Name, base: left.X, op: op, args: args})
		p.note(u.holder(left), write{unit: u, cur: c, deed: replaced, base: left, op: op, args: args})
	case *ast.StarExpr, *ast.Ident:
		p.note(u.holder(left), write{unit: u, cur: c, deed: replaced, base: left, op: op, args: args})
	}
}

func (p *Program) note(key string, w write) {
	id := p.fset.Position(w.base.Pos()).String() + w.field + string(rune('a'+w.deed))
	if key == "" || p.seen[id] {
		return
	}
	p.seen[id] = true
	p.writes[key] = append(p.writes[key], w)
}

// constant reports whether nothing changes the object after its declaration.
func (p *Program) constant(key string) bool {
	for _, w := range p.writes[key] {
		if w.deed != methodRun {
			return false
		}
	}
	return true
}
