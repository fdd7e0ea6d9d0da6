package library

import (
	"slices"
	"strings"

	"github.com/concors/concors/migrate/internal/source"
)

// origins carries over a list of origins; defaults are those of an empty one.
func origins(defaults ...string) func(*translation, string, source.Value) {
	return func(t *translation, field string, v source.Value) {
		if t.originFunc && t.funcReplaces {
			if !v.IsZero() {
				t.note(field, "is left out: beside the origin function "+t.Library.Name+" never reads it: "+firstLine(v.Source))
			}
			return
		}
		comment := ""
		if v.IsZero() {
			v, comment = source.Strings(defaults...), t.isDefault()
		}
		t.list(field, "AllowOrigins", comment, v, mendOrigin)
		t.emptyMeans(field, v, "allows every origin; NewPolicy refuses that")
	}
}

func (t *translation) isDefault() string {
	return "not set: the default of " + t.Library.Name
}

func methods(defaults ...string) func(*translation, string, source.Value) {
	return func(t *translation, field string, v source.Value) {
		comment := ""
		if v.IsZero() {
			if len(defaults) == 0 {
				return
			}
			v, comment = source.Strings(defaults...), t.isDefault()
		}
		t.list(field, "AllowMethods", comment, v, mendMethod)
		if len(defaults) > 0 {
			t.emptyMeans(field, v, "allows "+strings.Join(defaults, ", ")+"; here only GET, HEAD and POST are allowed then")
		}
		if slices.Contains(t.config.AllowMethods, "*") {
			t.note(field, `"*" allows every method here; `+t.Library.Name+" only sends it, and with credentials browsers take it for a name")
		}
		if t.methodsBind && v.Kind == source.List {
			t.unlisted(field, v)
		}
	}
}

// unlisted notes the methods that Concors cannot deny, and the library did.
func (t *translation) unlisted(field string, v source.Value) {
	var missing []string
	for _, method := range []string{"GET", "HEAD", "POST"} {
		if !slices.ContainsFunc(v.Items, func(item source.Value) bool {
			return item.Kind != source.Text || item.Text == method || t.upperMethods && strings.EqualFold(item.Text, method)
		}) {
			missing = append(missing, method)
		}
	}
	if len(missing) > 0 {
		t.note(field, "does not list "+strings.Join(missing, ", ")+": "+t.Library.Name+
			" kept such answers from pages; Concors does not, since browsers send these methods without asking")
	}
}

func headers(defaults ...string) func(*translation, string, source.Value) {
	return func(t *translation, field string, v source.Value) {
		comment := ""
		if v.IsZero() {
			if len(defaults) == 0 {
				return
			}
			v, comment = source.Strings(defaults...), t.isDefault()
		}
		t.list(field, "AllowHeaders", comment, v, mendHeader)
		if len(defaults) > 0 {
			t.emptyMeans(field, v, "allows "+strings.Join(defaults, ", ")+"; here none are allowed then")
		}
		if !t.starReflects && slices.Contains(t.config.AllowHeaders, "*") {
			t.note(field, `"*" allows every header here, Authorization too; `+t.Library.Name+" only sends it: browsers do not count Authorization in, and with credentials take it for a name")
		}
	}
}

// headersOrEvery is for libraries that allow whatever is asked for if no list
// is given.
func headersOrEvery(t *translation, field string, v source.Value) {
	if v.IsZero() {
		t.config.AllowHeaders = []string{"*"}
		t.line("AllowHeaders", `[]string{"*"}`, t.isDefault()+", which allows what is asked for")
		t.note(field, "is not set, which allows every header: list those that your pages send instead")
		return
	}
	headers()(t, field, v)
	t.emptyMeans(field, v, "allows every header; here none are allowed then")
}

func exposed(t *translation, field string, v source.Value) {
	if !v.IsZero() {
		t.list(field, "ExposeHeaders", "", v, mendExposed)
	}
}

// neverAsked drops an origin function beside "*".
func (t *translation) neverAsked(field string) {
	if t.originFunc && slices.Contains(t.config.AllowOrigins, "*") {
		t.Option, t.originFunc = "", false
		t.note(field, t.Library.Name+` never asks it where every origin is allowed, so it is left out after all`)
	}
}

// emptyMeans notes what a list that is known later does if it is empty then.
func (t *translation) emptyMeans(field string, v source.Value, text string) {
	if v.Kind == source.Other {
		t.note(field, "if it is empty then, "+t.Library.Name+" "+text)
	}
}

// starWithCredentials says what to decide where every origin may send
// credentials, which core refuses.
func (t *translation) starWithCredentials(text string) {
	if !slices.Contains(t.config.AllowOrigins, "*") || t.Place.Field("AllowCredentials").IsZero() {
		return
	}
	if text == "" {
		text = t.Library.Name + " sends \"*\" with credentials, which browsers refuse: no page ever read a credentialed answer; list the origins that need credentials, or remove AllowCredentials"
	}
	t.note("AllowCredentials", "decide: "+text)
}
