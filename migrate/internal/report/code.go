// Package report prints what becomes of the configurations that were found.
package report

import (
	"go/format"
	"strings"

	"github.com/concors/concors/migrate/internal/library"
)

// Code returns the Config of a draft as Go source, or "" if none of it is
// known.
func Code(d *library.Draft) (string, error) {
	if len(d.Lines) == 0 {
		return "", nil
	}
	var b strings.Builder
	b.WriteString("concors.Config{\n")
	for _, line := range d.Lines {
		b.WriteString(line.Field + ": " + line.Value + ",")
		if line.Comment != "" {
			b.WriteString(" // " + line.Comment)
		}
		b.WriteString("\n")
	}
	b.WriteString("}")
	code, err := format.Source([]byte(b.String()))
	return string(code), err
}

// Option returns the option of NewPolicy that a draft needs, or "".
func Option(d *library.Draft) (string, error) {
	if d.Option == "" {
		return "", nil
	}
	code, err := format.Source([]byte(d.Option))
	return string(code), err
}
