package main

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// A shape is what a Go block is: a file, declarations, statements or one value.
type shape struct {
	kind    kind
	imports string // declarations of import that a fragment begins with
	body    string // the rest
	offset  int    // of body, in lines
	file    *ast.File
	fset    *token.FileSet
}

type kind int

const (
	wholeFile kind = iota
	declarations
	statements
	value
)

// shapeOf parses a block. What it can be is tried in turn, so that no comment
// has to say it.
func shapeOf(text string) (*shape, error) {
	fset := token.NewFileSet()
	if _, err := parser.ParseFile(fset, "", text, parser.PackageClauseOnly); err == nil {
		file, err := parser.ParseFile(fset, "", text, parser.ParseComments)
		return &shape{kind: wholeFile, body: text, file: file, fset: fset}, err
	}
	const before = "package p;"
	if file, err := parser.ParseFile(fset, "", before+text, parser.ParseComments); err == nil {
		s := &shape{kind: declarations, file: file, fset: fset}
		s.cut(text, importsEnd(fset, file)-len(before))
		return s, nil
	}
	s := &shape{kind: statements, fset: fset}
	end := 0
	if file, _ := parser.ParseFile(fset, "", before+text, parser.ImportsOnly); file != nil {
		end = importsEnd(fset, file) - len(before)
	}
	s.cut(text, end)
	if x, err := parser.ParseExpr(s.body); err == nil {
		if _, isCall := x.(*ast.CallExpr); !isCall {
			s.kind = value
		}
	}
	open := "package p;func _() {"
	if s.kind == value {
		open += "_ = "
	}
	file, err := parser.ParseFile(fset, "", open+strings.TrimRight(s.body, " \n")+"\n}\n", parser.ParseComments)
	s.file = file
	return s, err
}

// importsEnd is the offset behind the last import, or 0.
func importsEnd(fset *token.FileSet, file *ast.File) int {
	end := 0
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			end = fset.Position(g.End()).Offset
		}
	}
	return end
}

// cut splits text behind its imports.
func (s *shape) cut(text string, end int) {
	end = max(end, 0)
	s.imports, s.body = text[:end], text[end:]
	s.offset = strings.Count(s.imports, "\n")
}

// firstFault is what the parser found first; what follows mostly comes of it.
func firstFault(err error) *scanner.Error {
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return list[0]
	}
	return &scanner.Error{Pos: token.Position{Line: 1}, Msg: err.Error()}
}
