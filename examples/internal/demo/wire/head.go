package wire

import "strings"

// Head is the head of a message: the start line and the fields, in their order
// and spelling.
type Head struct {
	Start  string  `json:"start"`
	Fields []Field `json:"fields"`
}

// Field is one field line.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// newHead reads a head that a server or net/http has found to be one.
func newHead(text string) Head {
	lines := strings.Split(strings.TrimSuffix(text, "\r\n\r\n"), "\r\n")
	h := Head{Start: lines[0], Fields: []Field{}}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		h.Fields = append(h.Fields, Field{name, strings.Trim(value, " \t")})
	}
	return h
}

func (h Head) size() int {
	n := len(h.Start)
	for _, f := range h.Fields {
		n += len(f.Name) + len(f.Value) + 2*wordSize
	}
	return n
}

// wordSize is about what a string costs beside its bytes.
const wordSize = 16
