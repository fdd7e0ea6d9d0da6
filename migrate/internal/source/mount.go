package source

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

func (f *finder) holdKey(key string, start *from) {
	if key != "" {
		f.starts[key] = append(f.starts[key], start)
	}
}

// visitMount looks at a function that is handed a configuration: a place that
// is known already, or one whose configuration comes from elsewhere.
func (f *finder) visitMount(u *unit, c inspector.Cursor) {
	call := c.Node().(*ast.CallExpr)
	path, name := u.named(call.Fun)
	for _, t := range f.targets {
		if t.Path != path || !slices.Contains(t.Mounts, name) || len(call.Args) == 0 {
			continue
		}
		what := u.text(call.Fun)
		if places := f.handed(u, call.Args[0]); len(places) > 0 {
			for _, place := range places {
				place.Target = t
			}
			continue
		}
		if place := f.add(u, call, t, what, nil); place != nil {
			place.Opaque = true
			place.remark("", f.origin(u, call.Args[0]))
		}
	}
}

// mounts returns the calls that are handed the configuration of a variable.
func (f *finder) mounts(key string, t *Target) (calls []inspector.Cursor) {
	for _, u := range f.units {
		for c := range u.tree.Preorder((*ast.CallExpr)(nil)) {
			call := c.Node().(*ast.CallExpr)
			path, name := u.named(call.Fun)
			if path == t.Path && slices.Contains(t.Mounts, name) && len(call.Args) > 0 && u.holder(bare(call.Args[0])) == key {
				calls = append(calls, c)
			}
		}
	}
	return calls
}

// usedBefore returns the first use of the configuration in front of w: it is
// copied there, so that w changes only what comes later.
func usedBefore(uses []inspector.Cursor, start *from, w write) (*ast.CallExpr, bool) {
	if w.deed == replaced || w.deed == handedOut || w.deed == methodRun && start.place.Target.Adders[w.field] == "" {
		return nil, false
	}
	at, then := start.cur.Node().Pos(), w.cur.Node().Pos()
	for _, use := range uses {
		begins := use.Node().Pos()
		if begins < then && (begins > at || function(use) != function(start.cur)) && function(use) == function(w.cur) {
			return use.Node().(*ast.CallExpr), true
		}
	}
	return nil, false
}

// handed returns the places that e stands for.
func (f *finder) handed(u *unit, e ast.Expr) []*Place {
	e = bare(e)
	if place := f.places[f.position(e.Pos()).String()]; place != nil {
		return []*Place{place}
	}
	var places []*Place
	for _, start := range f.starts[u.holder(e)] {
		places = append(places, start.place)
	}
	return places
}

func bare(e ast.Expr) ast.Expr {
	for {
		switch inner := ast.Unparen(e).(type) {
		case *ast.UnaryExpr:
			e = inner.X
		case *ast.StarExpr:
			e = inner.X
		default:
			return inner
		}
	}
}

// origin says where the configuration of an unreadable place comes from, and
// which places may be it.
func (f *finder) origin(u *unit, e ast.Expr) string {
	text := "its configuration is " + first(u.text(e)) + ", which is made elsewhere"
	e = bare(e)
	if d, ok := f.decls[u.holder(e)]; ok && d.init != nil {
		text += ": " + first(d.unit.text(d.init))
		u, e = d.unit, bare(d.init)
		if places := f.handed(u, e); len(places) > 0 {
			return text + "; see " + list(places)
		}
	}
	if call, ok := e.(*ast.CallExpr); ok {
		if places := f.within(f.callee(u, call)); len(places) > 0 {
			return text + "; see " + list(places)
		}
	}
	return text
}

func (f *finder) callee(u *unit, call *ast.CallExpr) *ast.FuncDecl {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return f.funcs[u.key(u.object(fun))]
	case *ast.SelectorExpr:
		return f.funcs[u.key(u.object(fun.Sel))]
	}
	return nil
}

// within returns the places inside a function.
func (f *finder) within(fn *ast.FuncDecl) []*Place {
	if fn == nil {
		return nil
	}
	begin, end := f.position(fn.Pos()), f.position(fn.End())
	var places []*Place
	for _, place := range f.sorted() {
		if place.Pos.Filename == begin.Filename && place.Pos.Offset >= begin.Offset && place.Pos.Offset < end.Offset {
			places = append(places, place)
		}
	}
	return places
}

func list(places []*Place) string {
	var texts []string
	for _, place := range places {
		texts = append(texts, place.Pos.String())
	}
	return strings.Join(texts, ", ")
}

// orphans makes places of assignments to configurations that begin where this
// program does not see it: parameters, or the defaults of a library.
func (f *finder) orphans() {
	keys := make([]string, 0, len(f.writes))
	for key := range f.writes {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if len(f.starts[key]) > 0 {
			continue
		}
		for _, w := range f.writes[key] {
			if t := f.owner(w); t != nil {
				f.orphan(key, w, t)
				break
			}
		}
	}
}

// owner says whose configuration w changes.
func (f *finder) owner(w write) *Target {
	path, name := w.unit.named(w.base)
	for _, t := range f.targets {
		_, base := t.Bases[name]
		if w.deed != handedOut && (base && path == t.Path || isConfig(w.unit.info.TypeOf(w.base), t)) &&
			(w.deed != methodRun || t.Adders[w.field] != "") || w.deed == fieldSet && promoted(w, t) {
			return t
		}
	}
	return nil
}

// promoted reports whether w sets a field of a configuration that is embedded.
func promoted(w write, t *Target) bool {
	typ := w.unit.info.TypeOf(w.base)
	if typ == nil {
		return false
	}
	obj, index, _ := types.LookupFieldOrMethod(typ, true, nil, w.field)
	v, ok := obj.(*types.Var)
	if !ok || len(index) < 2 || v.Pkg() == nil || v.Pkg().Path() != t.home() {
		return false
	}
	config := v.Pkg().Scope().Lookup(t.Config)
	if config == nil {
		return false
	}
	own, _, _ := types.LookupFieldOrMethod(config.Type(), true, nil, w.field)
	return own == obj
}

func (f *finder) orphan(key string, w write, t *Target) {
	text := w.unit.text(w.base)
	_, name := w.unit.named(w.base)
	place := f.add(w.unit, w.cur.Node(), t, text, t.Bases[name])
	if place == nil {
		return
	}
	place.Opaque = true
	if t.Bases[name] != nil {
		place.remark("", "the default of the library itself is changed, for every use of it in the program: other places are printed without that")
	} else {
		place.remark("", "where "+text+" gets its first value is not seen from here: what is printed holds only what is set from here on")
	}
	f.follow(key, &from{place, w.unit, w.cur})
}
