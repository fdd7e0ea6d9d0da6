package library

import (
	"go/ast"
	"go/parser"
	"slices"
	"strconv"
	"strings"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/migrate/internal/source"
)

// mend returns what becomes of an entry, with a note if that is not itself, and
// whether anything does.
type mend func(t *translation, entry string) (mended, note string, ok bool)

// list writes v into the field ours, entry by entry.
func (t *translation) list(field, ours, comment string, v source.Value, m mend) {
	if v.Kind != source.List {
		t.unknown(field, ours, v.Source, v)
		return
	}
	var known, shown []string
	for _, item := range v.Items {
		if item.Kind != source.Text {
			t.unknown(field, "", item.Source, item)
			shown = append(shown, item.Source)
			continue
		}
		entry, note, ok := m(t, item.Text)
		if note != "" {
			t.note(field, strconv.Quote(item.Text)+" "+note)
		}
		if !ok {
			continue
		}
		if slices.ContainsFunc(known, func(s string) bool { return same(ours, s, entry) }) {
			t.note(field, strconv.Quote(item.Text)+" is listed twice: left out here")
			continue
		}
		known, shown = append(known, entry), append(shown, strconv.Quote(entry))
	}
	if slices.Contains(known, "*") && len(shown) > 1 {
		t.note(field, `"*" includes the other entries, which are left out: `+strings.Join(v.Texts(), ", "))
		known, shown = []string{"*"}, []string{`"*"`}
	}
	t.put(ours, known)
	if comment == "" && isName(v.Source) {
		comment = "the value of " + v.Source
	}
	if len(shown) > 0 {
		t.line(ours, "[]string{"+strings.Join(shown, ", ")+"}", comment)
	}
}

// isName reports whether an expression is a name, of another package or a field
// even.
func isName(expr string) bool {
	e, err := parser.ParseExpr(expr)
	for {
		sel, ok := e.(*ast.SelectorExpr)
		if !ok {
			break
		}
		e = sel.X
	}
	_, ok := e.(*ast.Ident)
	return ok && err == nil
}

// same reports whether two entries of a list mean one thing.
func same(ours, a, b string) bool {
	if ours == "AllowHeaders" || ours == "ExposeHeaders" {
		return strings.EqualFold(a, b)
	}
	return a == b
}

func (t *translation) put(ours string, list []string) {
	switch ours {
	case "AllowOrigins":
		t.config.AllowOrigins = list
	case "AllowMethods":
		t.config.AllowMethods = list
	case "AllowHeaders":
		t.config.AllowHeaders = list
	case "ExposeHeaders":
		t.config.ExposeHeaders = list
	}
}

// unknown writes an expression as it stands, or only notes it if ours is empty.
func (t *translation) unknown(field, ours, expr string, v source.Value) {
	t.static = false
	if ours != "" {
		t.line(ours, expr, "")
	}
	t.note(field, "is known only when the program runs, so it stands here unchecked: "+firstLine(v.Source)+"; NewPolicy checks it then")
}

func firstLine(text string) string {
	line, rest, _ := strings.Cut(text, "\n")
	if rest != "" {
		line += " …"
	}
	return line
}

const probe = "https://probe.example"

func mendHeader(_ *translation, entry string) (string, string, bool) {
	f := fault(concors.Config{AllowOrigins: []string{probe}, AllowHeaders: []string{entry}}, "allowHeaders")
	if f == nil {
		return entry, "", true
	}
	switch f.Problem {
	case concors.ProblemHeaderForbidden:
		return "", "is left out: browsers set it by themselves, a page cannot, so none ever asks for it", false
	case concors.ProblemHeaderCORS:
		return "", "is left out: it is a field of the CORS protocol, which no page sets", false
	}
	return entry, "", true
}

func mendExposed(_ *translation, entry string) (string, string, bool) {
	f := fault(concors.Config{AllowOrigins: []string{probe}, ExposeHeaders: []string{entry}}, "exposeHeaders")
	if f != nil && f.Problem == concors.ProblemHeaderUnreadable {
		return "", "is left out: browsers show it to no page", false
	}
	return entry, "", true
}

func mendMethod(t *translation, entry string) (string, string, bool) {
	if entry == "*" && !t.starMethods {
		return "", `is left out: ` + t.Library.Name + ` takes it for the name of a method and admits none by it; if every method was meant, write "*"`, false
	}
	if upper := strings.ToUpper(entry); t.upperMethods && upper != entry {
		return upper, "is written in upper case, as " + t.Library.Name + " does", true
	}
	f := fault(concors.Config{AllowOrigins: []string{probe}, AllowMethods: []string{entry}}, "allowMethods")
	if f != nil && f.Problem == concors.ProblemMethodForbidden {
		return "", "is left out: browsers never send it", false
	}
	return entry, "", true
}

// trimmed removes white space around entries, as some libraries do.
func trimmed(v source.Value) source.Value {
	v.Items = slices.Clone(v.Items)
	for i := range v.Items {
		v.Items[i].Text = strings.TrimSpace(v.Items[i].Text)
	}
	return v
}
