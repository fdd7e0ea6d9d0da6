package source

import (
	"go/token"
	"slices"
	"strings"
)

// Target is a package whose configurations are looked for.
type Target struct {
	// Path is the import path.
	Path string
	// Config is the name of the type of its configuration.
	Config string
	// Home is the path of the package that declares that type, if another.
	Home string
	// Mounts names the functions that are handed a configuration.
	Mounts []string
	// Whole names the functions that need none, with what they stand for.
	Whole map[string][]Field
	// Bases names the functions and variables whose value is a configuration.
	Bases map[string][]Field
	// Adders names the methods of a configuration that append to a field.
	Adders map[string]string
	// Unread says why places of this package are only pointed out.
	Unread string
}

func (t *Target) home() string {
	if t.Home != "" {
		return t.Home
	}
	return t.Path
}

// Field is a field of a configuration with what it is given.
type Field struct {
	Name  string
	Value Value
}

// Remark is something about a place that a person must look at.
type Remark struct {
	Field string
	Text  string
}

// Place is a configuration that was found.
type Place struct {
	Pos    token.Position
	Target *Target
	// What is the function, type or variable found, such as "cors.New".
	What    string
	Fields  []Field
	Remarks []Remark
	// Opaque says that not all of the configuration could be read; a remark
	// says what.
	Opaque bool
}

// Field returns the value of a field.
func (p *Place) Field(name string) Value {
	for _, f := range p.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return Value{}
}

func (p *Place) set(name string, v Value) {
	if p.Target.Unread != "" {
		return
	}
	for i, f := range p.Fields {
		if f.Name == name {
			p.Fields[i].Value = v
			return
		}
	}
	p.Fields = append(p.Fields, Field{name, v})
}

func (p *Place) remark(field, text string) {
	p.Remarks = append(p.Remarks, Remark{field, strings.TrimSpace(text)})
}

// remarkOnce is for what the variants of a package for tests say again.
func (p *Place) remarkOnce(text string) {
	if remark := (Remark{Text: text}); !slices.Contains(p.Remarks, remark) {
		p.Remarks = append(p.Remarks, remark)
	}
}
