package library

import (
	"errors"
	"slices"
	"strings"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/migrate/internal/source"
)

// Draft is what becomes of a place.
type Draft struct {
	Place   *source.Place
	Library *Library
	Adapter Adapter
	// Lines are the fields of the Config as Go source. None means that nothing
	// of the configuration is known.
	Lines []Line
	// Option is an option of NewPolicy as Go source, or empty.
	Option string
	// Config is the Config as data, or nil if parts of it are known only when
	// the program runs.
	Config *concors.Config
	// Refused is what core finds wrong with what is known, one fault a line.
	Refused []string
	Notes   []source.Remark
	// Open says that a person must write or decide something before the Config
	// can do what the configuration did.
	Open bool
}

// Line is one field of the Config.
type Line struct {
	Field, Value, Comment string
}

type translation struct {
	*Draft
	traits
	config     concors.Config
	static     bool
	originFunc bool
}

// Translate says what becomes of a place of l.
func (l *Library) Translate(place *source.Place) *Draft {
	t := &translation{
		Draft:  &Draft{Place: place, Library: l, Adapter: l.adapters[place.Target.Path], Open: place.Opaque || len(place.Remarks) > 0},
		traits: l.traits,
		static: !place.Opaque,
	}
	t.Notes = slices.Clone(place.Remarks)
	if place.Opaque && len(place.Fields) == 0 {
		return t.Draft
	}
	for _, r := range l.rules {
		v := place.Field(r.field)
		if place.Opaque && v.Kind == source.Unset && v.Source == "" {
			continue // it may be set where this command cannot see it
		}
		r.apply(t, r.field, v)
	}
	for _, f := range place.Fields {
		if !slices.Contains(l.Handled(), f.Name) {
			t.note(f.Name, "is not known to this command, so nothing became of it: "+f.Value.Quote())
			t.Open = true
		}
	}
	l.finish(t)
	t.check()
	return t.Draft
}

func (t *translation) note(field, text string) {
	t.Notes = append(t.Notes, source.Remark{Field: field, Text: text})
}

// fieldOrder is the order of the fields of concors.Config.
var fieldOrder = []string{"AllowOrigins", "AllowMethods", "AllowHeaders", "ExposeHeaders", "AllowCredentials", "MaxAge", "PreflightStatus"}

func (t *translation) line(field, value, comment string) {
	t.Lines = append(t.Lines, Line{field, value, comment})
	slices.SortStableFunc(t.Lines, func(a, b Line) int {
		return slices.Index(fieldOrder, a.Field) - slices.Index(fieldOrder, b.Field)
	})
}

// check lets core judge what is known: faults of that stay faults whatever the
// rest turns out to be.
func (t *translation) check() {
	cfg := t.config
	if t.static {
		t.Config = &t.config
	} else if len(cfg.AllowOrigins) == 0 && !t.originFunc {
		cfg.AllowOrigins = []string{probe} // so that core does not miss what may come
	}
	var options []concors.Option
	if t.originFunc {
		options = append(options, concors.WithOriginFunc(askNobody))
	}
	if _, err := concors.NewPolicy(cfg, options...); err != nil {
		t.Refused = strings.Split(err.Error(), "\n")
		t.Open = true
	}
}

// fault is what core says about one entry of a list, alone. The Config holds
// what else a policy needs.
func fault(cfg concors.Config, field string) *concors.ConfigError {
	_, err := concors.NewPolicy(cfg)
	var faults concors.ConfigErrors
	if !errors.As(err, &faults) {
		return nil
	}
	for _, f := range faults {
		if strings.HasPrefix(f.Field, field) {
			return f
		}
	}
	return nil
}
