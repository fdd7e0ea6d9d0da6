package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// reading is what a configuration is when it begins.
type reading struct {
	fields  []Field
	remarks []string
}

// readLiteral reads the fields of a literal.
func (f *finder) readLiteral(u *unit, lit *ast.CompositeLit) reading {
	var r reading
	for i, element := range lit.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			name := fieldAt(u.info.TypeOf(lit), i)
			if name == "" {
				r.remarks = append(r.remarks, "the literal names no fields and its type is not known here: nothing of it was read")
				return r
			}
			r.fields = append(r.fields, Field{name, f.eval(u, element)})
			continue
		}
		if id, ok := pair.Key.(*ast.Ident); ok {
			r.fields = append(r.fields, Field{id.Name, f.eval(u, pair.Value)})
		}
	}
	return r
}

func fieldAt(typ types.Type, i int) string {
	if typ == nil {
		return ""
	}
	if pointer, ok := types.Unalias(typ).(*types.Pointer); ok {
		typ = pointer.Elem()
	}
	if s, ok := typ.Underlying().(*types.Struct); ok && i < s.NumFields() {
		return s.Field(i).Name()
	}
	return ""
}

// begin adds a place and finds out what variable or field holds it.
func (f *finder) begin(u *unit, c inspector.Cursor, t *Target, what string, r reading) {
	place := f.add(u, c.Node(), t, what, r.fields)
	if place == nil {
		return
	}
	for _, text := range r.remarks {
		place.remark("", text)
		place.Opaque = true
	}
	f.depends(place, u, c)
	outer := c
	for {
		switch outer.ParentEdgeKind() {
		case edge.UnaryExpr_X, edge.ParenExpr_X, edge.StarExpr_X:
			outer = outer.Parent()
			continue
		}
		break
	}
	start := &from{place, u, c}
	kind, i := outer.ParentEdge()
	switch kind {
	case edge.AssignStmt_Rhs:
		if n := outer.Parent().Node().(*ast.AssignStmt); len(n.Lhs) == len(n.Rhs) {
			f.holdKey(u.holder(n.Lhs[i]), start)
		}
	case edge.ValueSpec_Values:
		if n := outer.Parent().Node().(*ast.ValueSpec); len(n.Names) == len(n.Values) {
			f.holdKey(u.holder(n.Names[i]), start)
		}
	case edge.KeyValueExpr_Value:
		if id, ok := outer.Parent().Node().(*ast.KeyValueExpr).Key.(*ast.Ident); ok {
			f.holdKey(u.holder(id), start)
		}
	}
}

// follow applies to a place what happens to its variable later on.
func (f *finder) follow(key string, start *from) {
	f.handedOn(key, start)
	uses := f.mounts(key, start.place.Target)
	writes := slices.Clone(f.writes[key])
	slices.SortStableFunc(writes, func(a, b write) int { return int(a.cur.Node().Pos() - b.cur.Node().Pos()) })
	for _, w := range writes {
		f.used[f.line(w.base.Pos())+w.field] = true
		if w.deed == replaced && w.cur.Node().Pos() <= start.cur.Node().Pos() && start.cur.Node().Pos() < w.cur.Node().End() {
			continue // the place itself
		}
		if f.elsewhere(key, start, w) {
			continue
		}
		if use, ok := usedBefore(uses, start, w); ok {
			start.place.remark(start.place.changed(w), "changed at "+f.line(w.cur.Node().Pos())+" behind a use at "+f.line(use.Pos())+
				", which does not have that; it is left out here, so each later use needs a Config of its own: "+around(w))
			continue
		}
		f.apply(start, w)
	}
}

// changed is the field that w changes.
func (p *Place) changed(w write) string {
	if w.deed == methodRun {
		return p.Target.Adders[w.field]
	}
	return w.field
}

// elsewhere reports whether w concerns another value of the same variable than
// the one that start gave it.
func (f *finder) elsewhere(key string, start *from, w write) bool {
	at, then := start.cur.Node().Pos(), w.cur.Node().Pos()
	if w.deed == replaced {
		return then < at && function(start.cur) == function(w.cur)
	}
	for _, other := range f.starts[key] {
		closer := !follows(start, w) || at < other.cur.Node().Pos() && follows(start, write{cur: other.cur})
		if other != start && closer && follows(other, w) {
			return true
		}
	}
	return false
}

func (f *finder) apply(start *from, w write) {
	place, where := start.place, f.line(w.cur.Node().Pos())
	text := w.unit.text(w.cur.Node())
	adds := w.deed == methodRun && place.Target.Adders[w.field] != ""
	switch {
	case w.deed == methodRun && !adds:
	case w.deed == handedOut:
		place.remark("", "its address is taken at "+where+", and what is done there is not followed: "+around(w))
	case w.deed == replaced:
		place.remark("", "it is replaced at "+where+": "+text)
	case w.deed == inside:
		place.remark(w.field, "it is changed at "+where+" in a way that is not followed, so that is left out here: "+around(w))
	case !follows(start, w):
		place.remark(place.changed(w), "changed at "+where+" under a condition or in another function, which is left out here: "+text)
	case adds:
		field := place.Target.Adders[w.field]
		call := w.cur.Node().(*ast.CallExpr)
		all := &ast.CallExpr{Fun: call.Fun, Args: append([]ast.Expr{nil}, call.Args...), Ellipsis: call.Ellipsis}
		place.set(field, f.extend(w.unit, place.Field(field), all, Value{Kind: Other, Source: text}, 0))
	default:
		place.set(w.field, f.assigned(place.Field(w.field), w))
	}
}

// assigned is a field's value after an assignment.
func (f *finder) assigned(old Value, w write) Value {
	right := w.args[0]
	v := f.eval(w.unit, right)
	if w.op == token.ADD_ASSIGN {
		if old.Kind == Unset || old.Kind == Text {
			if v.Kind == Text {
				v.Text = old.Text + v.Text
				return v
			}
			return Value{Kind: Other, Source: Value{Kind: Text, Text: old.Text}.Quote() + " + " + v.Source}
		}
		return Value{Kind: Other, Source: old.Source + " + " + v.Source}
	}
	if call, ok := right.(*ast.CallExpr); ok && len(call.Args) > 0 {
		id, _ := call.Fun.(*ast.Ident)
		same, _ := call.Args[0].(*ast.SelectorExpr)
		if id != nil && id.Name == "append" && same != nil && same.Sel.Name == w.field && w.unit.text(same.X) == w.unit.text(w.base) {
			other := Value{Kind: Other, Source: v.Source}
			return f.extend(w.unit, old, call, other, 0)
		}
	}
	return v
}

// follows reports whether w happens whenever the place was passed.
func follows(start *from, w write) bool {
	at, then := start.cur.Node().Pos(), w.cur.Node().Pos()
	if then < at {
		return false
	}
	for block := range w.cur.Enclosing((*ast.BlockStmt)(nil), (*ast.CaseClause)(nil), (*ast.CommClause)(nil)) {
		n := block.Node()
		return n.Pos() <= at && at < n.End() && function(start.cur) == function(w.cur)
	}
	return false
}

// function is where the innermost function around c begins.
func function(c inspector.Cursor) token.Pos {
	for outer := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		return outer.Node().Pos()
	}
	return token.NoPos
}

// around is the statement that holds w.
func around(w write) string {
	if _, ok := w.cur.Node().(ast.Stmt); ok {
		return w.unit.text(w.cur.Node())
	}
	for outer := range w.cur.Enclosing((*ast.ExprStmt)(nil), (*ast.AssignStmt)(nil), (*ast.ReturnStmt)(nil), (*ast.ValueSpec)(nil)) {
		return first(w.unit.text(outer.Node()))
	}
	return w.unit.text(w.cur.Node())
}
