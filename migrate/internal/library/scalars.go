package library

import (
	"strconv"
	"strings"
	"time"

	"github.com/concors/concors/migrate/internal/source"
)

func credentials(t *translation, field string, v source.Value) {
	switch {
	case v.IsZero():
	case v.Kind == source.Flag:
		t.config.AllowCredentials = true
		t.line("AllowCredentials", "true", "")
	default:
		t.unknown(field, "AllowCredentials", v.Source, v)
	}
}

// seconds carries over a MaxAge in seconds; negative says what a negative one
// does in the library.
func seconds(negativeSends0 bool) func(*translation, string, source.Value) {
	return func(t *translation, field string, v source.Value) {
		switch {
		case v.IsZero():
		case v.Kind != source.Number:
			t.unknown(field, "MaxAge", v.Source, v)
		case v.Number < 0 && !negativeSends0:
			t.note(field, strconv.FormatInt(v.Number, 10)+" is left out: "+t.Library.Name+" sends no Access-Control-Max-Age then; write -1 to send 0")
		default:
			t.maxAge(v.Number)
		}
	}
}

// duration carries over a MaxAge that is a time.Duration.
func duration(t *translation, field string, v source.Value) {
	switch {
	case v.IsZero():
	case v.Kind != source.Number:
		t.unknown(field, "MaxAge", "int(("+v.Source+").Seconds())", v)
	case v.Number < 0:
		t.note(field, v.Source+" is left out: "+t.Library.Name+" sends no Access-Control-Max-Age then; write -1 to send 0")
	case time.Duration(v.Number) < time.Second:
		t.note(field, v.Source+" is less than a second, for which "+t.Library.Name+" sends 0: written as -1, which does so here")
		t.maxAge(-1)
	default:
		t.maxAge(v.Number / int64(time.Second))
	}
}

func (t *translation) maxAge(n int64) {
	t.config.MaxAge = int(n)
	t.line("MaxAge", strconv.FormatInt(n, 10), "")
}

func status(t *translation, field string, v source.Value) {
	switch {
	case v.IsZero():
	case v.Kind != source.Number:
		t.unknown(field, "PreflightStatus", v.Source, v)
	default:
		t.config.PreflightStatus = int(v.Number)
		t.line("PreflightStatus", strconv.FormatInt(v.Number, 10), "")
	}
}

// missing is a field without an equivalent, which the program needs one for.
func missing(text string) func(*translation, string, source.Value) {
	return func(t *translation, field string, v source.Value) {
		noted(text)(t, field, v)
		t.Open = t.Open || !v.IsZero()
	}
}

// noted is a field without an equivalent: text says what to do instead.
func noted(text string) func(*translation, string, source.Value) {
	return func(t *translation, field string, v source.Value) {
		if !v.IsZero() {
			t.note(field, strings.TrimSpace(firstLine(v.Source)+" "+text))
		}
	}
}

const (
	noPrivateNetwork = "has no equivalent: Concors sends no Access-Control-Allow-Private-Network"
	noPassthrough    = "has no equivalent: a preflight ends in the middleware, and handlers never see it; an OPTIONS request that is no preflight reaches them"
	noSkip           = "has no equivalent: for a part of the server write a key of Paths, whose value concors.Config{} means no CORS there; for anything else wrap the middleware"
	noDebug          = "has no equivalent: to log decisions give NewPolicy a concors.WithObserver; Policy.SetDebug is something else, and changes answers"
)
