package main

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
)

var (
	loopback = regexp.MustCompile(`^(?:127\.0\.0\.1|localhost|\[::1\]):(\d+)$`)
	anywhere = regexp.MustCompile(`^(?:0\.0\.0\.0|\[::\])?:\d+$`)
)

// addressFile is what takes the place of an address in a program: a free port,
// which the environment says.
const addressFile = `package main

import "os"

func docsAddress(port string) string { return os.Getenv("DOCS_ADDRESS_" + port) }
`

// openToAll finds programs that listen on all interfaces: who tries one is
// reachable for the network.
func (c *checker) openToAll(s *snippet) {
	for _, lit := range literals(s.file) {
		text, _ := strconv.Unquote(lit.Value)
		if found := loopback.FindStringSubmatch(text); found != nil && !slices.Contains(s.ports, found[1]) {
			s.ports = append(s.ports, found[1])
		}
		if anywhere.MatchString(text) {
			line := s.fset.Position(lit.Pos()).Line
			s.program = false // and is not run
			c.at(s.block.page, s.block.first+line-1, "%q listens on all interfaces: write 127.0.0.1:8080", text)
		}
	}
}

// withPorts puts the address of the environment in the place of those written.
func (s *snippet) withPorts(text string) string {
	for _, lit := range slices.Backward(literals(s.file)) {
		value, _ := strconv.Unquote(lit.Value)
		if found := loopback.FindStringSubmatch(value); found != nil {
			from := s.fset.Position(lit.Pos()).Offset
			text = text[:from] + `docsAddress("` + found[1] + `")` + text[from+len(lit.Value):]
		}
	}
	return text
}

func literals(file *ast.File) []*ast.BasicLit {
	var found []*ast.BasicLit
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			found = append(found, lit)
		}
		return true
	})
	return found
}
