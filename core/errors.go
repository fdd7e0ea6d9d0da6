package concors

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// ConfigError is one fault of a [Config] or of a policy file.
type ConfigError struct {
	// Field names the field at fault by its JSON name, with index and path,
	// such as paths["/api/"].allowOrigins[1]. For a key that is unknown,
	// repeated or in another case it names the object that holds the key. It
	// is empty for the whole policy.
	Field string
	// Value is the value as given, in full.
	Value string
	// Problem is the kind of fault, stable across versions.
	Problem Problem
	// Hint says what to do: the value that was probably meant, or what to
	// remove. It may be empty.
	Hint string
	// Line and Column say where a fault stands in a policy file, both counted
	// from 1, columns in bytes. They are 0 where there is no file.
	Line, Column int
}

const (
	maxQuoted = 256  // how much of a value a message repeats, in bytes
	maxHint   = 1024 // and of field and hint, which may repeat it too
)

// Error returns the fault as one line, such as
//
//	concors: allowOrigins[1]: "HTTPS://app.example.com" is not an origin: …
func (e *ConfigError) Error() string {
	var b strings.Builder
	b.WriteString("concors: ")
	if e.Line > 0 {
		b.WriteString("line " + strconv.Itoa(e.Line) + ", column " + strconv.Itoa(e.Column) + ": ")
	}
	if e.Field != "" {
		b.WriteString(cut(e.Field, maxHint) + ": ")
	}
	b.WriteString(e.Problem.subject(e.Value))
	b.WriteString(e.Problem.sentence())
	if e.Hint != "" {
		b.WriteString(": " + cut(e.Hint, maxHint))
	}
	return b.String()
}

// cut returns the beginning of s, at most n bytes long and ending in a whole
// character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// ConfigErrors holds every fault of a configuration, in field order. The error
// that [NewPolicy], [Policy.Reload] and [ParseConfig] return is of this type.
type ConfigErrors []*ConfigError

// Error returns the faults, one a line.
func (e ConfigErrors) Error() string {
	lines := make([]string, len(e))
	for i, fault := range e {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the faults, each a *[ConfigError], for [errors.As].
func (e ConfigErrors) Unwrap() []error {
	errs := make([]error, len(e))
	for i, fault := range e {
		errs[i] = fault
	}
	return errs
}
