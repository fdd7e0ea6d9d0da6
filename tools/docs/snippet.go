package main

import (
	"fmt"
	"go/ast"
	"path/filepath"
	"strings"
)

// A snippet is a Go block that is built.
type snippet struct {
	*shape
	block, next *block
	name        string // of its folder, and of its program
	given       []string
	test        bool // has tests that are run
	program     bool // is run
	output      bool // and what it prints is compared
	refused     bool // has a policy that must be refused
	ports       []string
	packages    map[string]bool // names of those that it uses
	broken      bool            // does not compile
}

// addSnippet parses the block, and keeps it for the build.
func (c *checker) addSnippet(b, next *block) {
	shape, err := shapeOf(b.text)
	if err != nil {
		if shape.kind != wholeFile {
			c.at(b.page, b.line, "is no whole file, no declarations, no statements and no expression")
		}
		first := firstFault(err)
		c.at(b.page, b.first+shape.offset+first.Pos.Line-1, "%s", first.Msg)
		return
	}
	s := &snippet{shape: shape, block: b, next: next, name: b.folder()}
	_, s.output = follows(next, "output")
	if _, refused := follows(next, "refused"); refused {
		s.refused = ownPolicy(next) == ""
	}
	s.test = declares(s.file, "Test") || declares(s.file, "Example")
	isMain := s.kind == wholeFile && s.file.Name.Name == "main" || s.kind == declarations && declares(s.file, "main")
	s.program = !s.test && (isMain && declares(s.file, "main") || s.kind == statements && s.output)
	if s.output && !s.program && !s.refused {
		c.at(b.page, b.line, "prints nothing that could be compared: it is no program and no statements")
	}
	if given, ok := b.marker("given"); ok {
		s.given = givenDecls(given.value)
		for _, name := range idle(s.given, s.file) {
			c.at(b.page, given.line, "%s is given, and not used", name)
		}
		if s.kind == wholeFile {
			c.at(b.page, given.line, "a whole file declares all that it uses")
		}
	}
	if s.kind == wholeFile && isMain {
		c.openToAll(s)
		if !declares(s.file, "main") && !s.test {
			c.at(b.page, b.first, "package main has no function main")
			return
		}
	}
	c.snippets = append(c.snippets, s)
}

// folder is a name for the block that stays when lines above it change.
func (b *block) folder() string {
	n := 1
	for at := b.before; at != nil; at = at.before {
		n++
	}
	page := strings.TrimSuffix(b.page.file, ".md")
	return fmt.Sprintf("%s_%d", strings.NewReplacer("/", "_", ".", "").Replace(page), n)
}

// declares says whether a function of the file has that name, or for Test and
// Example begins with it.
func declares(file *ast.File, name string) bool {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil {
			continue
		}
		if f.Name.Name == name || name != "main" && strings.HasPrefix(f.Name.Name, name) {
			return true
		}
	}
	return false
}

// assemble writes the snippet as a file of a package. The compiler is told
// where each line comes from.
func (s *snippet) assemble(root string) string {
	page := filepath.Join(root, filepath.FromSlash(s.block.page.file))
	from := func(line int) string { return fmt.Sprintf("\n//line %s:%d\n", page, line) }
	if s.kind == wholeFile {
		text := s.body
		if s.program {
			text = s.withPorts(text)
		}
		return strings.TrimPrefix(from(s.block.first), "\n") + text
	}
	var f strings.Builder
	f.WriteString("package " + map[bool]string{true: "main", false: "snippet"}[s.program] + "\n")
	if m, ok := s.block.marker("import"); ok {
		for _, spec := range importSpecs(m.value) {
			f.WriteString(from(m.line) + "import " + spec)
		}
	}
	f.WriteString(from(s.block.first) + s.imports + "\n")
	if m, ok := s.block.marker("given"); ok {
		for _, d := range s.given {
			f.WriteString(from(m.line) + d + "\n")
		}
	}
	f.WriteString(s.opening() + from(s.block.first+s.offset) + strings.TrimLeft(s.body, "\n\t ") + s.closing())
	return f.String()
}

// opening and closing make a function of statements.
func (s *snippet) opening() string {
	if s.kind == declarations {
		return ""
	}
	name := "_"
	if s.program {
		name = "main"
	}
	result := ""
	if m, ok := s.block.marker("returns"); ok {
		result = "(" + m.value + ") "
	}
	open := "func " + name + "() " + result + "{\n"
	if s.kind == value {
		open += "_ ="
	}
	return open
}

func (s *snippet) closing() string {
	if s.kind == declarations {
		return ""
	}
	var uses strings.Builder
	if s.kind == statements {
		for _, name := range locals(s.file) {
			uses.WriteString("_ = &" + name + "\n")
		}
	}
	if _, returns := s.block.marker("returns"); returns {
		uses.WriteString("panic(0)\n")
	}
	return "\n" + uses.String() + "}\n"
}
