package concors_test

import (
	"context"
	"maps"
	"reflect"
	"testing"

	concors "github.com/concors/concors/core"
)

// difference is one call of what a shadow reports to.
type difference struct {
	ctx                context.Context
	r                  concors.Request
	inForce, candidate concors.Decision
}

func notes(calls *[]difference) func(context.Context, concors.Request, concors.Decision, concors.Decision) {
	return func(ctx context.Context, r concors.Request, inForce, candidate concors.Decision) {
		*calls = append(*calls, difference{ctx, r, inForce, candidate})
	}
}

var shadowCases = []struct {
	name               string
	inForce, candidate concors.Config
	r                  concors.Request
	differs            bool
}{
	{"the same policy", usual, usual, preflight(app, "PUT", "x-a"), false},
	{"the same refusal", usual, usual, get(other), false},
	{"another reason", usual, plain, preflight(app, "PUT"), true},
	{"another reason for a refusal", usual, usualWith(func(c *concors.Config) { c.AllowOrigins = []string{other} }), preflight(app, "PATCH"), true},
	{"an origin less that is not asked", usualWith(func(c *concors.Config) { c.AllowOrigins = []string{app, other} }), usual, get(app), false},
	{"every origin", usual, usualWith(func(c *concors.Config) { c.AllowOrigins = []string{"*"} }), get(app), true},
	{"every origin, a pattern", usualWith(func(c *concors.Config) { c.AllowOrigins = []string{"https://*"} }), usual, get(app), false},
	{"another status", usual, usualWith(func(c *concors.Config) { c.PreflightStatus = 200 }), preflight(app, "PUT"), true},
	{"the same status, written out", usual, usualWith(func(c *concors.Config) { c.PreflightStatus = 204 }), preflight(app, "PUT"), false},
	{"another status, no preflight", usual, usualWith(func(c *concors.Config) { c.PreflightStatus = 200 }), get(app), false},
	{"a method more", usual, usualWith(func(c *concors.Config) { c.AllowMethods = []string{"PUT", "DELETE", "PATCH"} }), preflight(app, "PUT"), true},
	{"a method more, no preflight", usual, usualWith(func(c *concors.Config) { c.AllowMethods = []string{"PUT", "DELETE", "PATCH"} }), get(app), false},
	{"a header in another case", usual, usualWith(func(c *concors.Config) { c.AllowHeaders = []string{"x-a", "Content-Type"} }), preflight(app, "PUT"), true},
	{"a field less", usual, usualWith(func(c *concors.Config) { c.MaxAge = 0 }), preflight(app, "PUT"), true},
	{"an exposed header", usual, usualWith(func(c *concors.Config) { c.ExposeHeaders = []string{"x-total"} }), get(app), true},
	{"credentials", usual, usualWith(func(c *concors.Config) { c.AllowCredentials = true }), get(app), true},
	{"a path alone", usual, concors.Config{Paths: map[string]concors.Config{"/": usual}}, preflight(app, "PUT"), false},
	{"no policy", usual, concors.Config{Paths: map[string]concors.Config{"/x/": usual}}, get(other), true},
	{"no policy here or there", concors.Config{Paths: map[string]concors.Config{"/y": {}, "/r": {}}}, concors.Config{Paths: map[string]concors.Config{"/x/": usual}}, get(app), false},
	{"another name at fault", usual, usualWith(func(c *concors.Config) { c.AllowHeaders = []string{"X-B"} }), preflight(app, "PUT", "x-a,x-b"), false},
	{"names that are reflected", mirrors, usualWith(func(c *concors.Config) { *c = mirrors; c.AllowHeaders = []string{"X-A", "X-B"} }), preflight(app, "PUT", "X-A,X-B"), true},
	{"methods that are spelled", spelled("https://*.example.com"), spelled(app), preflight(app, "PURGE"), false},
	{"methods that are listed", spelled(app), listedMethods, preflight(app, "PUT"), false},
	{"methods that are listed, another one", spelled(app), listedMethods, preflight(app, "PURGE"), true},
	{"an odd method that is listed", spelled(app), usualWith(func(c *concors.Config) { *c = spelled(app); c.AllowMethods = []string{"PURGE"} }), preflight(app, "PURGE"), true},
}

// spelled lists the usual methods for "*", since it has credentials.
func spelled(origin string) concors.Config {
	cfg := concors.Config{AllowMethods: []string{"*"}, AllowCredentials: true}
	cfg.AllowOrigins = []string{origin}
	return cfg
}

var listedMethods = concors.Config{
	AllowOrigins: []string{app}, AllowCredentials: true, AllowMethods: []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"},
}

func TestShadow(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(background, key{}, "x")
	for _, c := range shadowCases {
		for _, swapped := range []bool{false, true} {
			if swapped {
				c.inForce, c.candidate = c.candidate, c.inForce
			}
			var calls []difference
			candidate := mustPolicy(t, c.candidate)
			p := mustPolicy(t, c.inForce, concors.WithObserver(candidate.Shadow(notes(&calls))))
			d := p.Decide(ctx, c.r)
			if (len(calls) == 1) != c.differs || len(calls) > 1 {
				t.Errorf("%s, swapped %v: reported %d times, want %v\nin force  %s\ncandidate %s", c.name, swapped, len(calls), c.differs, show(d), show(candidate.Decide(ctx, c.r)))
				continue
			}
			if !c.differs {
				continue
			}
			if got := calls[0]; got.ctx != ctx || !reflect.DeepEqual(got.r, c.r) || got.inForce != d || got.candidate != candidate.Decide(ctx, c.r) {
				t.Errorf("%s, swapped %v: reported %+v", c.name, swapped, got)
			}
		}
	}
}

// A shadow reports where answers differ, and only there.
func TestShadowAgreesWithWhatIsWritten(t *testing.T) {
	differ, alike := 0, 0
	for choices := range chances(4_000) {
		s := &source{bytes: choices}
		e, f := s.trial("", ""), s.trial("", "")
		if s.oneIn(2) { // little apart
			change := f.cfg
			f = e
			f.cfg.AllowMethods, f.cfg.ExposeHeaders, f.cfg.PreflightStatus, f.cfg.MaxAge = change.AllowMethods, change.ExposeHeaders, change.PreflightStatus, change.MaxAge
		}
		candidate, inForce := f.build(), e.build()
		if candidate == nil || inForce == nil {
			continue
		}
		var calls []difference
		shadow := candidate.Shadow(notes(&calls))
		for _, r := range append(e.requests, f.requests...) {
			calls = nil
			d := inForce.Decide(background, r)
			shadow(background, r, d)
			a, b := answerOf(d), answerOf(candidate.Decide(background, r))
			same := a.Reason == b.Reason && a.Status == b.Status && a.Preflight == b.Preflight && a.Untouched == b.Untouched && maps.Equal(a.Fields, b.Fields)
			if (len(calls) == 0) != same {
				t.Fatalf("%+v\nis answered as %+v\nand as %+v\nand reported %d times", r, a, b, len(calls))
			}
			if same {
				alike++
			} else {
				differ++
			}
		}
	}
	if differ < 100 || alike < 100 {
		t.Errorf("%d differ, %d are alike: the exchanges show too little", differ, alike)
	}
}

// The candidate's function is asked, its observer is not told.
func TestShadowAsksAndTellsNobody(t *testing.T) {
	var told []heard
	var calls []difference
	f := &asker{says: true}
	candidate := mustPolicy(t, plain, f.option(), listen(&told))
	p := mustPolicy(t, plain, concors.WithObserver(candidate.Shadow(notes(&calls))))
	if p.Decide(background, get(other)); len(f.asked) != 1 || len(told) != 0 || len(calls) != 1 || calls[0].candidate.Reason() != concors.ReasonAllowed {
		t.Errorf("asked %v, told %v, reported %v", f.asked, told, calls)
	}
	if p.Decide(background, get()); len(calls) != 1 || len(f.asked) != 1 {
		t.Error("a request without Origin is heard")
	}
	if !p.Retains() {
		t.Error("the policy in force does not say that a request is kept")
	}
	if err := candidate.Reload(usual); err != nil {
		t.Fatal(err)
	}
	f.says = false
	if p.Decide(background, get(app)); len(calls) != 2 {
		t.Error("a reload of the candidate does not show")
	}
}

// The candidate only reports, broken or not. What reports is an observer, and
// breaks as one.
func TestShadowPanics(t *testing.T) {
	broken := concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool { panic("broken function") })
	var calls []difference
	p := mustPolicy(t, plain, concors.WithObserver(mustPolicy(t, plain, broken).Shadow(notes(&calls))))
	d := p.Decide(background, get(other))
	if len(calls) != 1 || calls[0].candidate != (concors.Decision{}) || calls[0].inForce != d || d.Reason() != concors.ReasonOriginNotAllowed {
		t.Errorf("decided as %s, reported %+v", show(d), calls)
	}
	if p.Decide(background, get(app)); len(calls) != 1 {
		t.Error("a function that was not asked is reported")
	}

	// No decision at all differs from none in nothing.
	mustPolicy(t, plain, broken).Shadow(notes(&calls))(background, get(other), concors.Decision{})
	if len(calls) != 1 {
		t.Errorf("reported %+v", calls)
	}

	fails := func(context.Context, concors.Request, concors.Decision, concors.Decision) { panic("broken report") }
	p = mustPolicy(t, plain, concors.WithObserver(mustPolicy(t, usual).Shadow(fails)))
	defer func() {
		if got := recover(); got != "broken report" {
			t.Errorf("recovered %v", got)
		}
	}()
	p.Decide(background, get(app))
	t.Error("the panic of what reports does not pass")
}

func TestShadowForNobody(t *testing.T) {
	if mustPolicy(t, plain).Shadow(nil) != nil {
		t.Error("nothing to report to makes an observer")
	}
}
