package source

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// finder collects the places of a program.
type finder struct {
	*Program
	targets []*Target
	places  map[string]*Place  // by position
	starts  map[string][]*from // by the variable or field that holds the configuration
	used    map[string]bool    // writes that belong to a place
}

// from is a place whose configuration is held by a variable.
type from struct {
	place *Place
	unit  *unit
	cur   inspector.Cursor
}

// Find returns every place where a target is configured, by file and line.
func (p *Program) Find(targets []*Target) []*Place {
	f := &finder{p, targets, map[string]*Place{}, map[string][]*from{}, map[string]bool{}}
	for _, u := range p.units {
		for c := range u.tree.Preorder((*ast.CompositeLit)(nil), (*ast.CallExpr)(nil), (*ast.SelectorExpr)(nil),
			(*ast.Ident)(nil), (*ast.ValueSpec)(nil)) {
			f.visit(u, c)
		}
	}
	for key, starts := range f.starts {
		for _, start := range starts {
			f.follow(key, start)
		}
	}
	for _, u := range p.units {
		for c := range u.tree.Preorder((*ast.CallExpr)(nil)) {
			f.visitMount(u, c)
		}
	}
	f.orphans()
	for _, u := range p.units {
		for c := range u.tree.Preorder((*ast.CallExpr)(nil)) {
			f.standings(u, c)
		}
	}
	return f.sorted()
}

func (f *finder) sorted() []*Place {
	var all []*Place
	for _, place := range f.places {
		all = append(all, place)
	}
	slices.SortFunc(all, func(a, b *Place) int {
		return cmp.Or(strings.Compare(a.Pos.Filename, b.Pos.Filename), a.Pos.Line-b.Pos.Line, a.Pos.Column-b.Pos.Column)
	})
	return all
}

// position is where n begins, below the folder that was asked for.
func (f *finder) position(pos token.Pos) token.Position {
	at := f.fset.Position(pos)
	dir, err := filepath.Abs(f.dir)
	if err != nil {
		return at
	}
	if name, err := filepath.Rel(dir, at.Filename); err == nil && !strings.HasPrefix(name, "..") {
		at.Filename = filepath.ToSlash(name)
	}
	return at
}

func (f *finder) line(pos token.Pos) string {
	at := f.position(pos)
	return fmt.Sprintf("%s:%d", at.Filename, at.Line)
}

// add returns a new place, or nil if it is known already.
func (f *finder) add(u *unit, n ast.Node, t *Target, what string, fields []Field) *Place {
	at := f.position(n.Pos())
	if f.places[at.String()] != nil {
		return nil
	}
	place := &Place{Pos: at, Target: t, What: what, Fields: slices.Clone(fields)}
	f.places[at.String()] = place
	if t.Unread != "" {
		place.Fields, place.Opaque = nil, true
		place.remark("", t.Unread)
	}
	return place
}

func (f *finder) visit(u *unit, c inspector.Cursor) {
	switch n := c.Node().(type) {
	case *ast.CompositeLit:
		if t, what := f.literal(u, n); t != nil {
			f.begin(u, c, t, what, f.readLiteral(u, n))
		}
	case *ast.ValueSpec:
		f.zero(u, c, n)
	case *ast.CallExpr:
		path, name := u.named(n.Fun)
		for _, t := range f.targets {
			if fields, ok := t.Whole[name]; ok && t.Path == path && (len(n.Args) == 0 || !slices.Contains(t.Mounts, name)) {
				f.add(u, n, t, u.text(n.Fun), fields)
			} else if fields, ok := t.Bases[name]; ok && t.Path == path {
				f.begin(u, c, t, u.text(n.Fun)+"()", reading{fields: fields})
			} else if typ, ok := f.isNew(u, n, t); ok {
				f.begin(u, c, t, typ, reading{})
			}
		}
	case *ast.SelectorExpr, *ast.Ident:
		f.visitBase(u, c, n.(ast.Expr))
	}
}

// visitBase finds variables whose value is a configuration: where they are
// copied, not where a field of them is read or set; and functions that are
// handed on, not called.
func (f *finder) visitBase(u *unit, c inspector.Cursor, e ast.Expr) {
	switch c.ParentEdgeKind() {
	case edge.SelectorExpr_X, edge.SelectorExpr_Sel, edge.CallExpr_Fun, edge.ValueSpec_Names, edge.FuncDecl_Name:
		return
	}
	path, name := u.named(e)
	for _, t := range f.targets {
		if fields, ok := t.Bases[name]; ok && t.Path == path {
			f.begin(u, c, t, u.text(e), reading{fields: fields})
			continue
		}
		fields, whole := t.Whole[name]
		if mounts := slices.Contains(t.Mounts, name); t.Path == path && mounts {
			if place := f.add(u, e, t, u.text(e), nil); place != nil {
				place.Opaque = true
				place.remark("", "it is handed on as a function; with what it is called is not seen")
			}
		} else if t.Path == path && whole {
			f.add(u, e, t, u.text(e), fields)
		}
	}
}

// literal says whose configuration a literal is.
func (f *finder) literal(u *unit, lit *ast.CompositeLit) (*Target, string) {
	what := ""
	if lit.Type != nil {
		what = u.text(lit.Type)
		path, name := u.named(lit.Type)
		for _, t := range f.targets {
			if path == t.Path && name == t.Config {
				return t, what
			}
		}
	}
	for _, t := range f.targets {
		if isConfig(u.info.TypeOf(lit), t) {
			return t, cmp.Or(what, t.Config)
		}
	}
	return nil, ""
}

func (f *finder) isNew(u *unit, call *ast.CallExpr, t *Target) (string, bool) {
	if id, ok := call.Fun.(*ast.Ident); !ok || id.Name != "new" || len(call.Args) != 1 {
		return "", false
	}
	path, name := u.named(call.Args[0])
	return u.text(call), path == t.Path && name == t.Config
}

// zero finds variables that are declared without a value.
func (f *finder) zero(u *unit, c inspector.Cursor, spec *ast.ValueSpec) {
	if spec.Type == nil || len(spec.Values) > 0 {
		return
	}
	typ := ast.Unparen(spec.Type)
	path, name := u.named(typ)
	for _, t := range f.targets {
		if !isConfig(u.info.TypeOf(typ), t) && (path != t.Path || name != t.Config) {
			continue
		}
		if _, ok := typ.(*ast.StarExpr); ok {
			continue
		}
		for _, id := range spec.Names {
			if place := f.add(u, id, t, "var "+id.Name+" "+u.text(typ), nil); place != nil {
				f.holdKey(u.holder(id), &from{place, u, c})
			}
		}
	}
}
