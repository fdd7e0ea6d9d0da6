package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/concors/concors/migrate/internal/library"
)

// Text prints drafts for people.
func Text(w io.Writer, drafts []*library.Draft) error {
	var b strings.Builder
	for _, d := range drafts {
		if err := writeDraft(&b, d); err != nil {
			return err
		}
	}
	if len(drafts) > 1 {
		b.WriteString(several)
	}
	var told []*library.Library
	for _, d := range drafts {
		if !contains(told, d.Library) {
			told = append(told, d.Library)
			fmt.Fprintf(&b, "Different from %s whatever the configuration says (more in %s):\n", d.Library.Name, d.Library.Page)
			for _, text := range d.Library.Always {
				b.WriteString("  - " + text + "\n")
			}
			b.WriteString("\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// several is said of more than one place.
const several = `These are several configurations. Two policies on one request contradict each other, so what belongs to one server at
the same time becomes one policy, mounted once: the Config for all of it, and those of parts in its Paths, by their paths.

`

func contains(all []*library.Library, one *library.Library) bool {
	for _, l := range all {
		if l.Name == one.Name {
			return true
		}
	}
	return false
}

func writeDraft(b *strings.Builder, d *library.Draft) error {
	fmt.Fprintf(b, "%s: %s, of %s\n\n", d.Place.Pos, d.Place.What, d.Library.Name)
	code, err := Code(d)
	if err != nil {
		return fmt.Errorf("%s: %w", d.Place.Pos, err)
	}
	if code == "" {
		code = "no Config: nothing of this configuration is known here"
	}
	b.WriteString(indented(code) + "\n")
	option, err := Option(d)
	if err != nil {
		return fmt.Errorf("%s: %w", d.Place.Pos, err)
	}
	if option != "" {
		b.WriteString("with the option\n\n" + indented(option) + "\n")
	}
	if d.Adapter.Mount != "" {
		fmt.Fprintf(b, "mount: %s (once, on the root of the router and before authentication; go get %s)\n", d.Adapter.Mount, d.Adapter.Import)
	}
	for _, note := range d.Notes {
		text := note.Text
		if note.Field != "" {
			text = note.Field + ": " + text
		}
		b.WriteString("note: " + strings.ReplaceAll(text, "\n", "\n\t") + "\n")
	}
	for _, line := range d.Refused {
		b.WriteString("refused: " + line + "\n")
	}
	b.WriteString("\n")
	return nil
}

func indented(code string) string {
	return "\t" + strings.ReplaceAll(code, "\n", "\n\t") + "\n"
}
