package library

import (
	"strings"
	"time"

	"github.com/concors/concors/migrate/internal/source"
)

// ginDefaults is what DefaultConfig returns.
func ginDefaults() []source.Field {
	return []source.Field{
		{Name: "AllowMethods", Value: source.Strings("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")},
		{Name: "AllowHeaders", Value: source.Strings("Origin", "Content-Length", "Content-Type")},
		{Name: "MaxAge", Value: source.Value{Kind: source.Number, Number: int64(12 * time.Hour), Source: "12 * time.Hour"}},
	}
}

func ginCORS() *Library {
	const path = "github.com/gin-contrib/cors"
	all := source.Field{Name: "AllowAllOrigins", Value: source.Value{Kind: source.Flag, Flag: true, Source: "true"}}
	const checked = "needs nothing here: it only made gin-contrib/cors accept such entries in AllowOrigins, and core judges those"
	return &Library{
		Name: "gin-contrib/cors",
		Page: Pages + "gin-contrib-cors.md",
		targets: []*source.Target{{
			Path: path, Config: "Config", Mounts: []string{"New"},
			Whole:  map[string][]source.Field{"Default": append(ginDefaults(), all)},
			Bases:  map[string][]source.Field{"DefaultConfig": ginDefaults()},
			Adders: map[string]string{"AddAllowMethods": "AllowMethods", "AddAllowHeaders": "AllowHeaders", "AddExposeHeaders": "ExposeHeaders"},
		}},
		adapters: map[string]Adapter{path: ginAdapter},
		traits:   traits{upperMethods: true, starMethods: true, lowerOrigins: true},
		rules: []rule{
			{"AllowOriginFunc", plainFunc},
			{"AllowOriginWithContextFunc", requestFunc("gin's context")},
			{"AllowAllOrigins", ginAllOrigins},
			{"AllowOrigins", ginOrigins},
			{"AllowWildcard", noteUnknown},
			{"AllowMethods", methods()},
			{"AllowPrivateNetwork", noted(noPrivateNetwork)},
			{"AllowHeaders", headers()},
			{"AllowCredentials", credentials},
			{"ExposeHeaders", exposed},
			{"MaxAge", duration},
			{"AllowBrowserExtensions", noted(checked)},
			{"CustomSchemas", noted(checked)},
			{"AllowWebSockets", noted(checked + "; a page that opens a WebSocket has an http or https origin")},
			{"AllowFiles", noted(checked + `; pages from files have the origin "null", which DangerouslyAllowNullOrigin is about`)},
			{"OptionsResponseStatusCode", status},
		},
		finish: func(t *translation) {
			t.neverAsked("AllowOriginFunc")
			t.starWithCredentials("")
		},
		Always: []string{
			"A request of a denied origin reaches the handler, without CORS fields: CORS is no access control. gin-contrib/cors ends it with 403.",
			"An OPTIONS request that is no preflight reaches the handlers; gin-contrib/cors answers each that has an Origin.",
			"An Origin that equals the Host is judged like any other; gin-contrib/cors lets it pass. List your own origin if such pages send preflights.",
			starAlways,
			"Vary is added to; gin-contrib/cors overwrites it.",
		},
	}
}

func ginAllOrigins(t *translation, field string, v source.Value) {
	switch {
	case v.IsZero():
	case v.Kind == source.Flag:
		t.config.AllowOrigins = []string{"*"}
		t.line("AllowOrigins", `[]string{"*"}`, "")
	default:
		t.unknown(field, "", v.Source, v)
		t.note(field, `if it is true, AllowOrigins must be []string{"*"} alone`)
		t.Open = true
	}
}

func ginOrigins(t *translation, field string, v source.Value) {
	if v.IsZero() {
		return
	}
	if len(t.config.AllowOrigins) > 0 {
		t.note(field, "stands beside AllowAllOrigins, with which gin-contrib/cors does not start: left out")
		return
	}
	if v.Kind == source.List && !t.Place.Field("AllowWildcard").Flag {
		v = t.withoutWildcards(field, v)
	}
	t.list(field, "AllowOrigins", "", trimmed(v), mendOrigin)
}

// withoutWildcards leaves out what matches nothing while AllowWildcard is off.
func (t *translation) withoutWildcards(field string, v source.Value) source.Value {
	var kept []source.Value
	for _, item := range v.Items {
		text := strings.TrimSpace(item.Text)
		wild := item.Kind == source.Text && strings.Contains(text, "*") && text != "*" && !strings.HasPrefix(text, "/")
		if wild && t.Place.Field("AllowWildcard").Known() {
			t.note(field, item.Quote()+" is left out: without AllowWildcard gin-contrib/cors takes it literally, so it matched no origin")
			continue
		}
		kept = append(kept, item)
	}
	v.Items = kept
	return v
}

// noteUnknown is for a switch that other rules read.
func noteUnknown(t *translation, field string, v source.Value) {
	if !v.Known() {
		t.note(field, "is known only when the program runs ("+v.Source+"): entries with \"*\" stand here as if it were true")
		t.Open = true
	}
}
