package source

import (
	"bytes"
	"go/ast"
	"go/constant"
	"go/format"
	"go/types"
	"strconv"
)

// deepest ends a chain of variables that are declared by each other.
const deepest = 20

// text returns a node as it stands in the source.
func (u *unit) text(n ast.Node) string {
	var b bytes.Buffer
	if err := format.Node(&b, u.fset, n); err != nil {
		return "?" // a node of the parser always prints
	}
	return b.String()
}

// eval says what an expression is, as far as it is known without running.
func (p *Program) eval(u *unit, e ast.Expr) Value {
	v := p.evalDeep(u, e, 0)
	v.Source = u.text(e)
	return v
}

func (p *Program) evalDeep(u *unit, e ast.Expr, depth int) Value {
	other := Value{Kind: Other, Source: u.text(e)}
	if depth > deepest {
		return other
	}
	if v, ok := u.constant(e); ok && !p.varies(u, e) {
		v.Source = other.Source
		return v
	}
	v := other
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		v = p.evalList(u, e, depth)
	case *ast.Ident:
		v = p.evalName(u, e, e, depth)
	case *ast.SelectorExpr:
		v = p.evalName(u, e, e.Sel, depth)
	case *ast.CallExpr:
		v = p.evalCall(u, e, depth)
	case *ast.FuncLit:
		v.Kind = Func
	}
	if v.Source == "" {
		v.Source = other.Source
	}
	return v
}

// constant is what the type checker knows of e, or a plain literal.
func (u *unit) constant(e ast.Expr) (Value, bool) {
	tv := u.info.Types[e]
	value := tv.Value
	if lit, ok := ast.Unparen(e).(*ast.BasicLit); ok && value == nil {
		value = constant.MakeFromLiteral(lit.Value, lit.Kind, 0)
	}
	if tv.IsNil() {
		return Value{}, true
	}
	if value == nil {
		return Value{}, false
	}
	switch value.Kind() {
	case constant.String:
		return Value{Kind: Text, Text: constant.StringVal(value)}, true
	case constant.Bool:
		return Value{Kind: Flag, Flag: constant.BoolVal(value)}, true
	case constant.Int:
		n, exact := constant.Int64Val(value)
		return Value{Kind: Number, Number: n}, exact
	}
	return Value{}, false
}

func (p *Program) evalList(u *unit, lit *ast.CompositeLit, depth int) Value {
	other := Value{Kind: Other, Source: u.text(lit)}
	if _, ok := lit.Type.(*ast.ArrayType); !ok {
		if _, ok := types.Unalias(u.info.TypeOf(lit)).(*types.Slice); !ok {
			return other
		}
	}
	v := Value{Kind: List}
	for _, element := range lit.Elts {
		if _, ok := element.(*ast.KeyValueExpr); ok {
			return other
		}
		v.Items = append(v.Items, p.evalDeep(u, element, depth+1))
	}
	return v
}

// evalName looks up a variable that is given a value once, where declared.
func (p *Program) evalName(u *unit, e ast.Expr, id *ast.Ident, depth int) Value {
	other := Value{Kind: Other, Source: u.text(e)}
	switch obj := u.object(id).(type) {
	case *types.Nil:
		return Value{}
	case *types.Func:
		other.Kind = Func
	case *types.Var:
		key := u.key(obj)
		d, ok := p.decls[key]
		if !ok || obj.IsField() || !p.constant(key) || p.varies(u, id) || d.init == nil && linked(obj) {
			break
		}
		if d.init == nil {
			return Value{} // its zero value
		}
		v := p.evalDeep(d.unit, d.init, depth+1)
		if v.Known() {
			return v
		}
		// Only the name has a meaning at this place.
		if v.Kind == Func {
			other.Kind = Func
		}
	}
	if _, ok := types.Unalias(u.typeOf(e)).Underlying().(*types.Signature); ok {
		other.Kind = Func
	}
	return other
}

func (u *unit) typeOf(e ast.Expr) types.Type {
	if typ := u.info.TypeOf(e); typ != nil {
		return typ
	}
	return types.Typ[types.Invalid]
}

// evalCall knows append and strings.Join of what is known, and conversions.
func (p *Program) evalCall(u *unit, call *ast.CallExpr, depth int) Value {
	other := Value{Kind: Other, Source: u.text(call)}
	if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "append" && len(call.Args) > 0 {
		list := p.evalDeep(u, call.Args[0], depth+1)
		return p.extend(u, list, call, other, depth)
	}
	if path, name := u.named(call.Fun); path == "strings" && name == "Join" && len(call.Args) == 2 {
		list, separator := p.evalDeep(u, call.Args[0], depth+1), p.evalDeep(u, call.Args[1], depth+1)
		if list.Kind == List && list.Known() && separator.Kind == Text {
			return Value{Kind: Text, Text: list.join(separator.Text)}
		}
		return other
	}
	if tv := u.info.Types[call.Fun]; tv.IsType() && len(call.Args) == 1 {
		v := p.evalDeep(u, call.Args[0], depth+1)
		if v.Kind == Other {
			return other
		}
		return v
	}
	return other
}

// extend is append(list, call.Args[1:]...).
func (p *Program) extend(u *unit, list Value, call *ast.CallExpr, other Value, depth int) Value {
	if list.Kind != List && list.Kind != Unset {
		return other
	}
	v := Value{Kind: List, Items: append([]Value(nil), list.Items...)}
	for i, arg := range call.Args[1:] {
		item := p.evalDeep(u, arg, depth+1)
		if !call.Ellipsis.IsValid() || i < len(call.Args)-2 {
			v.Items = append(v.Items, item)
			continue
		}
		if item.Kind != List && item.Kind != Unset {
			return other
		}
		v.Items = append(v.Items, item.Items...)
	}
	return v
}

// Quote returns v as Go source, as it may stand in another file.
func (v Value) Quote() string {
	switch v.Kind {
	case Text:
		return strconv.Quote(v.Text)
	case Number:
		return strconv.FormatInt(v.Number, 10)
	case Flag:
		return strconv.FormatBool(v.Flag)
	}
	return v.Source
}
