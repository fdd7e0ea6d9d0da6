package main

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// givenDecls turns `policy *concors.Policy; func work(ctx context.Context);
// limit = 3` into declarations of a package.
func givenDecls(value string) []string {
	var found []string
	for _, piece := range splitGo(value) {
		rest, isFunc := strings.CutPrefix(piece, "func ")
		switch name, signature, _ := strings.Cut(rest, "("); {
		case strings.HasPrefix(piece, "type "), strings.HasPrefix(piece, "const "):
			found = append(found, piece)
		case isFunc:
			found = append(found, "var "+name+" func("+signature)
		default:
			found = append(found, "var "+piece)
		}
	}
	return found
}

// splitGo cuts at the semicolons that are in no brackets.
func splitGo(text string) []string {
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(text))
	s.Init(file, []byte(text), nil, 0)
	var pieces []string
	depth, from := 0, 0
	for {
		pos, tok, lit := s.Scan()
		at := len(text)
		if tok != token.EOF {
			at = file.Offset(pos)
		}
		switch {
		case tok == token.LPAREN || tok == token.LBRACE || tok == token.LBRACK:
			depth++
		case tok == token.RPAREN || tok == token.RBRACE || tok == token.RBRACK:
			depth--
		case tok == token.EOF || depth == 0 && tok == token.SEMICOLON && lit == ";":
			if piece := strings.TrimSpace(text[from:at]); piece != "" {
				pieces = append(pieces, piece)
			}
			from = min(at+1, len(text))
		}
		if tok == token.EOF {
			return pieces
		}
	}
}

// idle returns the names that decls declare and neither the fragment nor
// another of decls mentions.
func idle(decls []string, fragment *ast.File) []string {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+strings.Join(decls, "\n"), 0)
	if err != nil {
		return nil // the compiler says what is wrong
	}
	mentioned := map[string]int{}
	for _, in := range []*ast.File{file, fragment} {
		ast.Inspect(in, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				mentioned[id.Name]++
			}
			return true
		})
	}
	var names []string
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range g.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					names = append(names, id.Name)
				}
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "_" || mentioned[name] > 1 })
}
