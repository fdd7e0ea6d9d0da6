package concors_test

import (
	"context"
	"reflect"
	"testing"

	concors "github.com/concors/concors/core"
)

// heard is one call of an observer.
type heard struct {
	ctx context.Context
	r   concors.Request
	d   concors.Decision
}

func listen(calls *[]heard) concors.Option {
	return concors.WithObserver(func(ctx context.Context, r concors.Request, d concors.Decision) {
		*calls = append(*calls, heard{ctx, r, d})
	})
}

var heardCases = []struct {
	r    concors.Request
	want concors.Reason // "" for silence
}{
	{get(), ""},
	{at("/any/x", "", get()), ""},
	{at("/off/x", "", get()), ""},
	{at("//", "", get()), ""},
	{concors.Request{Method: "OPTIONS", Path: "/", RequestMethod: []string{"PUT"}}, ""},
	{get(app), concors.ReasonAllowed},
	{get(other), concors.ReasonOriginNotAllowed},
	{get(""), concors.ReasonOriginMalformed},
	{get("null"), concors.ReasonNullOrigin},
	{get(app, app), concors.ReasonSeveralOrigins},
	{at("/any/x", "", get(other, "")), concors.ReasonAllowed},
	{at("/off/x", "", get(app)), concors.ReasonNoPolicy},
	{at("/off/x", "", preflight(app, "PUT")), concors.ReasonNoPolicy},
	{at("/x//y", "", get(app)), concors.ReasonPathAmbiguous},
	{preflight(app, "PUT"), concors.ReasonAllowed},
	{preflight(app, "PATCH"), concors.ReasonMethodNotAllowed},
	{preflight(app, ""), concors.ReasonMethodMalformed},
	{preflight(app, "PUT", "x-a"), concors.ReasonHeaderNotAllowed},
	{preflight(app, "PUT", "x a"), concors.ReasonHeaderMalformed},
}

// The observer hears every request with an Origin field, once, with what was
// decided, and none without.
func TestObserverHears(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(background, key{}, "x")
	cfg := concors.Config{
		AllowOrigins: []string{app}, AllowMethods: []string{"PUT"},
		Paths: map[string]concors.Config{"/off/": {}, "/any/": {AllowOrigins: []string{"*"}}},
	}
	var calls []heard
	p := mustPolicy(t, cfg, listen(&calls))
	for _, debug := range []bool{false, true} {
		p.SetDebug(debug)
		for _, c := range heardCases {
			calls = nil
			d := p.Decide(ctx, c.r)
			switch {
			case c.want == "" && len(calls) > 0:
				t.Errorf("%+v is heard as %s", c.r, show(calls[0].d))
			case c.want == "":
			case len(calls) != 1 || calls[0].ctx != ctx || !reflect.DeepEqual(calls[0].r, c.r) || calls[0].d != d || d.Reason() != c.want:
				t.Errorf("%+v is decided as %s, want %s, and heard as %+v", c.r, show(d), c.want, calls)
			}
		}
		calls = nil
		if p.AllowsOrigin(ctx, get(app)); len(calls) > 0 {
			t.Errorf("AllowsOrigin is heard: %+v", calls)
		}
	}
}

// What is heard after the origin function has spoken is what it said.
func TestObserverHearsTheFunction(t *testing.T) {
	var calls []heard
	f := &asker{says: true}
	p := mustPolicy(t, concors.Config{}, f.option(), listen(&calls))
	if p.Decide(background, get(other)); len(calls) != 1 || !calls[0].d.Allowed() || len(f.asked) != 1 {
		t.Errorf("heard %+v, asked %v", calls, f.asked)
	}
}

// Options stay, and so does debug mode, whatever is reloaded.
func TestReloadKeepsOptions(t *testing.T) {
	var calls []heard
	f := &asker{says: true}
	p := mustPolicy(t, concors.Config{AllowOrigins: []string{app}}, f.option(), listen(&calls))
	p.SetDebug(true)
	for _, cfg := range []concors.Config{{}, {AllowMethods: []string{"PUT"}}, {AllowOrigins: []string{other}}} {
		if err := p.Reload(cfg); err != nil {
			t.Fatal(err)
		}
		calls, f.asked = nil, nil
		d := p.Decide(background, preflight("https://x.example", "PURGE"))
		if len(calls) != 1 || len(f.asked) != 1 || d.Status() != 204 || d.Reason() != concors.ReasonMethodNotAllowed {
			t.Errorf("after a reload: %s, heard %d times, asked %d times", show(d), len(calls), len(f.asked))
		}
	}
	if p.Reload(concors.Config{AllowOrigins: []string{"*"}}) == nil {
		t.Error("a reload forgets that there is a function")
	}
}

func TestOptions(t *testing.T) {
	var first, second []heard
	yes, no := &asker{says: true}, &asker{}
	cfg := concors.Config{AllowOrigins: []string{app}}
	p := mustPolicy(t, cfg, listen(&first), nil, yes.option(), listen(&second), no.option(), nil)
	if d := p.Decide(background, get(other)); d.Allowed() || len(first) != 0 || len(second) != 1 || len(yes.asked) != 0 || len(no.asked) != 1 {
		t.Error("of several options the last one does not count")
	}
	p = mustPolicy(t, cfg, yes.option(), listen(&first), concors.WithOriginFunc(nil), concors.WithObserver(nil))
	if d := p.Decide(background, get(other)); d.Allowed() || len(first) != 0 || p.Retains() {
		t.Error("a nil function counts as one")
	}
	for _, c := range []struct {
		options []concors.Option
		want    bool
	}{{nil, false}, {[]concors.Option{nil}, false}, {[]concors.Option{yes.option()}, true}, {[]concors.Option{listen(&first)}, true}, {[]concors.Option{yes.option(), listen(&first)}, true}} {
		if got := mustPolicy(t, cfg, c.options...).Retains(); got != c.want {
			t.Errorf("Retains() = %v with %d options, want %v", got, len(c.options), c.want)
		}
	}
}
