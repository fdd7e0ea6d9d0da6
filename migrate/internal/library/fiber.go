package library

import (
	"slices"
	"strconv"
	"strings"

	"github.com/concors/concors/migrate/internal/source"
)

// fiberDefaults is ConfigDefault.
func fiberDefaults() []source.Field {
	return []source.Field{
		{Name: "AllowOrigins", Value: text("*")},
		{Name: "AllowMethods", Value: text("GET,POST,HEAD,PUT,DELETE,PATCH")},
	}
}

func text(s string) source.Value { return source.Value{Kind: source.Text, Text: s} }

func fiberCORS() *Library {
	const path = "github.com/gofiber/fiber/v2/middleware/cors"
	return &Library{
		Name: "fiber",
		Page: Pages + "fiber.md",
		targets: []*source.Target{unread("github.com/gofiber/fiber/v3/middleware/cors", "Config", "New"), {
			Path: path, Config: "Config", Mounts: []string{"New"},
			Whole: map[string][]source.Field{"New": fiberDefaults()},
			Bases: map[string][]source.Field{"ConfigDefault": fiberDefaults()},
		}},
		adapters: map[string]Adapter{path: fiberAdapter},
		traits:   traits{starMethods: true, slashMatches: true, lowerOrigins: true},
		rules: []rule{
			{"Next", missing(noSkip)},
			{"AllowOriginsFunc", plainFunc},
			{"AllowOrigins", fiberOrigins},
			{"AllowMethods", commas(methods("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH"))},
			{"AllowHeaders", commas(headersOrEvery)},
			{"AllowCredentials", credentials},
			{"ExposeHeaders", commas(exposed)},
			{"MaxAge", seconds(true)},
		},
		finish: func(t *translation) {
			t.neverAsked("AllowOriginsFunc")
			t.starWithCredentials("fiber does not start with \"*\" and AllowCredentials; list the origins, or remove AllowCredentials")
		},
		Always: []string{
			"A denied preflight is answered 403 without CORS fields; fiber answers 204 with the lists but no allowed origin. Browsers block both.",
			"Access-Control-Max-Age is on preflights alone; fiber sets it on other answers too.",
			starAlways,
			"Origins are compared as browsers send them, in lower case; fiber ignores case.",
		},
	}
}

// commas reads a list that is one string.
func commas(apply func(*translation, string, source.Value)) func(*translation, string, source.Value) {
	return func(t *translation, field string, v source.Value) {
		apply(t, field, t.split(field, v))
	}
}

func (t *translation) split(field string, v source.Value) source.Value {
	if v.IsZero() {
		return source.Value{}
	}
	if v.Kind != source.Text {
		t.note(field, "is one string in fiber and a list here; try it with the value of production, since NewPolicy refuses what fiber mended, such as a slash at the end of an origin")
		v.Source = "strings.FieldsFunc(" + v.Source + `, func(r rune) bool { return r == ',' || r == ' ' })`
		return v
	}
	list := trimmed(source.Strings(strings.Split(v.Text, ",")...))
	kept := slices.DeleteFunc(slices.Clone(list.Items), func(item source.Value) bool { return item.Text == "" })
	if len(kept) < len(list.Items) {
		t.note(field, "has an empty entry, which is left out: "+strconv.Quote(v.Text))
	}
	list.Items = kept
	return list
}

func fiberOrigins(t *translation, field string, v source.Value) {
	if v.IsZero() && t.originFunc {
		return // fiber has no default then
	}
	if v.Kind == source.Text {
		for entry := range strings.SplitSeq(v.Text, ",") {
			if strings.HasPrefix(entry, " ") && strings.Contains(entry, "://*.") {
				t.note(field, "the blank before "+strings.TrimSpace(entry)+" kept fiber from matching any origin by it: those are allowed from now on")
			}
		}
	}
	origins("*")(t, field, t.split(field, v))
}
