package report

import (
	"encoding/json"
	"fmt"
	"io"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/migrate/internal/library"
)

// place is a draft for programs.
type place struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Library string `json:"library"`
	What    string `json:"what"`
	// Config and Option are Go source; Policy is Config as a policy file, if
	// it is known whole.
	Config  string          `json:"config"`
	Option  string          `json:"option,omitempty"`
	Policy  *concors.Config `json:"policy,omitempty"`
	Import  string          `json:"import"`
	Mount   string          `json:"mount"`
	Notes   []note          `json:"notes"`
	Refused []string        `json:"refused"`
	Open    bool            `json:"open"`
	Always  []string        `json:"always"`
	Page    string          `json:"page"`
}

type note struct {
	Field string `json:"field,omitempty"`
	Text  string `json:"text"`
}

// JSON prints drafts as one array.
func JSON(w io.Writer, drafts []*library.Draft) error {
	places := make([]place, 0, len(drafts))
	for _, d := range drafts {
		code, err := Code(d)
		if err != nil {
			return fmt.Errorf("%s: %w", d.Place.Pos, err)
		}
		option, err := Option(d)
		if err != nil {
			return fmt.Errorf("%s: %w", d.Place.Pos, err)
		}
		at := d.Place.Pos
		p := place{
			File: at.Filename, Line: at.Line, Column: at.Column,
			Library: d.Library.Name, What: d.Place.What,
			Config: code, Option: option, Policy: d.Config,
			Import: d.Adapter.Import, Mount: d.Adapter.Mount,
			Notes: []note{}, Refused: append([]string{}, d.Refused...), Open: d.Open,
			Always: d.Library.Always, Page: d.Library.Page,
		}
		for _, remark := range d.Notes {
			p.Notes = append(p.Notes, note{remark.Field, remark.Text})
		}
		places = append(places, p)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(places)
}
