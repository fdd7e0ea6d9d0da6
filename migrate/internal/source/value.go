package source

import "strings"

// Kind says how much of an expression is known.
type Kind int

// The kinds of a Value.
const (
	Unset  Kind = iota // not given, or nil
	Text               // a string
	Number             // an integer; a duration in nanoseconds
	Flag               // true or false
	List               // strings, known ones and others
	Func               // a function, by name or literal
	Other              // known when the program runs, not here
)

// Value is what the source gives to one field.
type Value struct {
	Kind   Kind
	Text   string
	Number int64
	Flag   bool
	Items  []Value
	// Source is the expression as it stands there.
	Source string
}

// Known reports whether the value is known whole.
func (v Value) Known() bool {
	for _, item := range v.Items {
		if !item.Known() {
			return false
		}
	}
	return v.Kind != Other && v.Kind != Func
}

// IsZero reports whether v is known to be what an unset field is.
func (v Value) IsZero() bool {
	return v.Kind == Unset || v.Kind == Text && v.Text == "" || v.Kind == Number && v.Number == 0 ||
		v.Kind == Flag && !v.Flag || v.Kind == List && len(v.Items) == 0
}

// Strings returns a List of known strings.
func Strings(texts ...string) Value {
	v := Value{Kind: List}
	for _, text := range texts {
		v.Items = append(v.Items, Value{Kind: Text, Text: text})
	}
	return v
}

// join is strings.Join for a list that is known whole.
func (v Value) join(separator string) string {
	texts := make([]string, len(v.Items))
	for i, item := range v.Items {
		texts[i] = item.Text
	}
	return strings.Join(texts, separator)
}

// Texts returns the entries of a List as they would stand in source.
func (v Value) Texts() []string {
	texts := make([]string, len(v.Items))
	for i, item := range v.Items {
		texts[i] = item.Quote()
	}
	return texts
}
