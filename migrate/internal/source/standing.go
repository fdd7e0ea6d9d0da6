package source

import (
	"go/ast"
	"go/constant"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

// routeMethods are the names under which routers register one route.
var routeMethods = []string{"get", "head", "post", "put", "patch", "delete", "options", "connect", "trace", "any", "all", "add", "match", "method", "handle", "handlefunc"}

// standings remarks on each place whose middleware covers a part of a server
// alone. On the root it would cover more than it did.
func (f *finder) standings(u *unit, c inspector.Cursor) {
	call := c.Node().(*ast.CallExpr)
	place := f.mounted(u, call)
	if place == nil {
		return
	}
	f.depends(place, u, c)
	for _, outer := range f.handedTo(u, c, 0) {
		f.depends(place, outer.unit, outer.cur)
		if part, ok := outer.unit.part(f, outer.cur); ok {
			place.remarkOnce(f.advice(part))
		}
	}
}

// mounted returns the place whose middleware call makes.
func (f *finder) mounted(u *unit, call *ast.CallExpr) *Place {
	path, name := u.named(makes(call).Fun)
	for _, t := range f.targets {
		if _, whole := t.Whole[name]; t.Path != path || !whole && !slices.Contains(t.Mounts, name) {
			continue
		}
		if place := f.places[f.position(call.Pos()).String()]; place != nil {
			return place
		}
		if args := makes(call).Args; len(args) > 0 {
			if places := f.handed(u, args[0]); len(places) == 1 {
				return places[0]
			}
		}
	}
	return nil
}

// makes is the call that makes what a call is a method of.
func makes(call *ast.CallExpr) *ast.CallExpr {
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
		if inner, ok := sel.X.(*ast.CallExpr); ok {
			return inner
		}
	}
	return call
}

// part is what a middleware covers, if not all of a server.
type part struct {
	code   string // such as "api.Use(…)"
	at     string
	prefix string // empty if it is not known
	route  bool
}

// part says which part of the server the call gives a middleware to.
func (u *unit) part(f *finder, c inspector.Cursor) (part, bool) {
	call := c.Node().(*ast.CallExpr)
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return part{}, false
	}
	p := part{code: first(u.text(sel)) + "(…)", at: f.line(call.Pos())}
	own := ""
	if len(call.Args) > 0 {
		own = u.literal(call.Args[0])
	}
	base, grouped := f.base(u, c, sel.X, 0)
	switch name := strings.ToLower(sel.Sel.Name); {
	case name == "use":
		p.prefix = join(base, own)
		return p, grouped || own != "" && own != "/"
	case name == "group", name == "route", name == "with":
		p.prefix = join(base, own)
		return p, name == "with" || grouped || own != "" && own != "/"
	case slices.Contains(routeMethods, name):
		path := own[strings.LastIndex(own, " ")+1:] // a pattern of net/http may begin with a method
		p.prefix, p.route = join(base, path), !strings.HasSuffix(path, "/") || path != own
		return p, own != "/"
	}
	return part{}, false
}

// base returns the prefix of the group that e stands for, and whether it is one:
// a variable that Group or Route gave, or the parameter of a function that was
// handed to one of them.
func (f *finder) base(u *unit, c inspector.Cursor, e ast.Expr, depth int) (prefix string, grouped bool) {
	if depth > 8 {
		return "", false
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		return f.group(u, c, call, depth)
	}
	if d, ok := f.decls[u.holder(e)]; ok && d.init != nil {
		if call, ok := ast.Unparen(d.init).(*ast.CallExpr); ok {
			return f.group(d.unit, d.cur, call, depth)
		}
	}
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		for lit := range c.Enclosing((*ast.FuncLit)(nil)) {
			if declares(lit.Node().(*ast.FuncLit), id.Name) {
				if call, ok := lit.Parent().Node().(*ast.CallExpr); ok {
					return f.group(u, lit.Parent(), call, depth)
				}
				break
			}
		}
	}
	if typ := u.info.TypeOf(e); typ != nil {
		text := typ.String()
		grouped = strings.HasSuffix(text, "gin.RouterGroup") || strings.HasSuffix(text, "echo/v4.Group") || strings.HasSuffix(text, "fiber/v2.Group")
	}
	return "", grouped
}

// group reads a call that makes a group.
func (f *finder) group(u *unit, c inspector.Cursor, call *ast.CallExpr, depth int) (prefix string, grouped bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"Group", "Route", "With"}, sel.Sel.Name) {
		return "", false
	}
	outer, _ := f.base(u, c, sel.X, depth+1)
	if len(call.Args) > 0 {
		prefix = u.literal(call.Args[0])
	}
	return join(outer, prefix), true
}

func declares(fn *ast.FuncLit, name string) bool {
	for _, field := range fn.Type.Params.List {
		for _, id := range field.Names {
			if id.Name == name {
				return true
			}
		}
	}
	return false
}

// literal returns a string that is known, or "".
func (u *unit) literal(e ast.Expr) string {
	if value := u.info.Types[e].Value; value != nil && value.Kind() == constant.String {
		return constant.StringVal(value)
	}
	if lit, ok := ast.Unparen(e).(*ast.BasicLit); ok {
		text, _ := strconv.Unquote(lit.Value)
		return text
	}
	return ""
}

func join(base, path string) string {
	if path == "" || path == "/" {
		return base
	}
	return strings.TrimSuffix(base, "/") + "/" + strings.Trim(path, "/")
}

// advice says what a part becomes.
func (f *finder) advice(p part) string {
	what := "a part of the server"
	if p.route {
		what = "one route"
	}
	key := "the whole path of that part and a slash"
	if literal, _, parameters := strings.Cut(p.prefix, "/:"); p.prefix != "" && !parameters && !strings.ContainsAny(p.prefix, "{*") {
		key = strconv.Quote(literal + "/")
		if p.route {
			key = strconv.Quote(literal)
		}
	} else if p.route {
		key = "the part of its path in front of the first parameter"
	}
	return "it covered " + what + " alone, by " + p.code + " at " + p.at + ", and on routers that run middleware by route saw no preflight there. " +
		"Concors stands once, on the root: take this out, and put the Config into Paths of the one policy, under " + key + ". As it is printed here it is for all of the server"
}
