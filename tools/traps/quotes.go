package traps

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
)

// A Quote is what a test says that it proves.
type Quote struct {
	Test   string // file and name
	Readme string // the folder of an adapter
	Words  string
}

// Tests are the tests of a folder.
type Tests struct {
	Quotes []Quote
	Silent []string // tests in files of traps that quote nothing
	Lost   []string // quotes that stand elsewhere than above a test
}

var quote = regexp.MustCompile(`(?m)^// README (\w+): (.{12,})$`)

// ParseTests reads the test files of a folder. All of it is about traps, or the
// files alone whose names begin with traps.
func ParseTests(dir string, all bool) (tests Tests, err error) {
	names, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		return tests, err
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			return tests, err
		}
		tests.file(name, file, all || strings.HasPrefix(filepath.Base(name), "traps"))
	}
	return tests, nil
}

func (tests *Tests) file(name string, file *ast.File, isTraps bool) {
	above := make(map[*ast.CommentGroup]bool)
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || !strings.HasPrefix(f.Name.Name, "Test") || f.Name.Name == "TestMain" {
			continue
		}
		above[f.Doc] = true
		found := quotesIn(f.Doc)
		if len(found) == 0 && isTraps {
			tests.Silent = append(tests.Silent, name+" "+f.Name.Name)
		}
		for _, q := range found {
			tests.Quotes = append(tests.Quotes, Quote{name + " " + f.Name.Name, q[1], q[2]})
		}
	}
	for _, group := range file.Comments {
		if found := quotesIn(group); !above[group] && len(found) > 0 {
			tests.Lost = append(tests.Lost, fmt.Sprintf("%s: %s", name, found[0][0]))
		}
	}
}

func quotesIn(group *ast.CommentGroup) [][]string {
	if group == nil {
		return nil
	}
	var text strings.Builder
	for _, comment := range group.List {
		text.WriteString(comment.Text + "\n")
	}
	return quote.FindAllStringSubmatch(text.String(), -1)
}
