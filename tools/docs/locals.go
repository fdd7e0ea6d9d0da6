package main

import (
	"go/ast"
	"go/token"
)

// locals are the variables that statements declare for what follows them,
// which a fragment does not show.
func locals(file *ast.File) []string {
	var names []string
	keep := func(x ast.Expr) {
		if id, ok := x.(*ast.Ident); ok && id.Name != "_" {
			names = append(names, id.Name)
		}
	}
	body := file.Decls[len(file.Decls)-1].(*ast.FuncDecl).Body
	for _, statement := range body.List {
		switch statement := statement.(type) {
		case *ast.AssignStmt:
			if statement.Tok == token.DEFINE {
				for _, x := range statement.Lhs {
					keep(x)
				}
			}
		case *ast.DeclStmt:
			if g, ok := statement.Decl.(*ast.GenDecl); ok && g.Tok == token.VAR {
				for _, spec := range g.Specs {
					for _, id := range spec.(*ast.ValueSpec).Names {
						keep(id)
					}
				}
			}
		}
	}
	return names
}
