package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"path/filepath"
)

// A configLiteral is a concors.Config that a Go snippet writes down and that
// needs nothing from around it.
type configLiteral struct {
	snippet *snippet
	line    int
	text    string
}

const policiesProgram = `package main

import (
	"encoding/json"
	"os"

	concors "github.com/concors/concors/core"
)

var found = map[string]concors.Config{}

func main() {
	refused := map[string]string{}
	for name, cfg := range found {
		if _, err := concors.NewPolicy(cfg); err != nil {
			refused[name] = err.Error()
		}
	}
	_ = json.NewEncoder(os.Stdout).Encode(refused)
}
`

// policies builds a policy of each Config that fragments show. One that no
// error follows must be accepted.
func (c *checker) policies(w *workspace, packages *index) error {
	var all []configLiteral
	for _, s := range w.snippets {
		if s.broken || s.program && !s.refused {
			continue
		}
		found := s.configs()
		if s.refused && len(found) != 1 {
			c.at(s.block.page, s.next.line, "the snippet before has %d policies, and one is refused", len(found))
			continue
		}
		all = append(all, found...)
	}
	if len(all) == 0 {
		return nil
	}
	if err := w.write("snippets/policies/main.go", policiesProgram); err != nil {
		return err
	}
	for i, l := range all {
		source, _, err := packages.complete(fmt.Sprintf("package main\nfunc init() {\n\tfound[\"%d\"] = %s\n}\n", i, l.text))
		if err != nil {
			c.at(l.snippet.block.page, l.line, "%v", err)
			continue
		}
		if err := w.write(fmt.Sprintf("snippets/policies/config%d.go", i), source); err != nil {
			return err
		}
	}
	program := filepath.Join(w.folder, "bin", "policies")
	if out, err := w.golang("build", "-o", program, "./policies"); err != nil {
		return fmt.Errorf("policies of snippets: %s", out)
	}
	out, _, err := runToEnd(c.ctx, program, nil)
	refused := map[string]string{}
	if err := errors.Join(err, json.Unmarshal(out, &refused)); err != nil {
		return fmt.Errorf("policies of snippets: %w", err)
	}
	for i, l := range all {
		c.judge(l, refused[fmt.Sprint(i)])
	}
	return nil
}

func (c *checker) judge(l configLiteral, fault string) {
	page := l.snippet.block.page
	switch {
	case !l.snippet.refused && fault != "":
		c.at(page, l.line, "the policy is refused: %s", indented(fault))
	case l.snippet.refused && fault == "":
		c.at(page, l.line, "the policy is accepted, but the text at line %d says that it is refused", l.snippet.next.line)
	case l.snippet.refused:
		c.sameError(l.snippet.next, errors.New(fault))
	}
}

// configs finds the outermost literals.
func (s *snippet) configs() []configLiteral {
	var found []configLiteral
	text := s.parsed()
	ast.Inspect(s.file, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok || !isConfig(literal.Type) || len(literal.Elts) == 0 {
			return true
		}
		if s.closed(literal) {
			from, to := s.fset.Position(literal.Pos()), s.fset.Position(literal.End())
			found = append(found, configLiteral{s, s.block.first + s.offset + from.Line - 1, text[from.Offset:to.Offset]})
		}
		return false
	})
	return found
}

func isConfig(x ast.Expr) bool {
	selector, ok := x.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "Config" {
		return false
	}
	id, ok := selector.X.(*ast.Ident)
	return ok && id.Name == "concors"
}

// closed says that a literal uses the names of packages and of the language
// alone.
func (s *snippet) closed(literal ast.Node) bool {
	is := true
	ast.Inspect(literal, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && s.packages[id.Name] {
				return false
			}
		case *ast.KeyValueExpr:
			if _, isField := n.Key.(*ast.Ident); isField {
				is = is && s.closed(n.Value)
				return false
			}
		case *ast.Ident:
			is = is && types.Universe.Lookup(n.Name) != nil
		case *ast.FuncLit:
			is = false
		}
		return is
	})
	return is
}

// parsed is the text that the positions of the syntax tree count in.
func (s *snippet) parsed() string {
	switch s.kind {
	case wholeFile:
		return s.body
	case declarations:
		return "package p;" + s.block.text
	case value:
		return "package p;func _() {_ = " + s.body
	}
	return "package p;func _() {" + s.body
}
