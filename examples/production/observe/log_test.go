package observe_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/internal/routers"
	"github.com/concors/concors/examples/production/observe"
)

// line is a line of the log, as its reader decodes it.
type line struct {
	Level, Msg, Reason, Detail, Kind, Path, Method, Host, Hint string
	Suppressed                                                 int
}

func readLog(t *testing.T, from io.Reader) (lines []line) {
	t.Helper()
	decoder := json.NewDecoder(from)
	decoder.DisallowUnknownFields()
	for {
		var l struct {
			line
			Time time.Time
		}
		err := decoder.Decode(&l)
		if errors.Is(err, io.EOF) {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l.line)
	}
}

// refused is the traffic of a hostile client, by the reason to refuse it.
func refused() map[concors.Reason][]string {
	long := strings.Repeat("x", 1_000_000)
	hostile := map[concors.Reason][]string{
		concors.ReasonOriginMalformed: {
			get("/", long), get("/", "https://\x9b2J\u202eevil"), get("/", `","level":"INFO`),
			get("/", "https://\u0430pp.example.com"), // no Latin a
		},
		concors.ReasonPathAmbiguous: {
			get("/x//%0A%7B%22level%22:%22INFO%22%7D%0A", app), get("/x//%1B%5D0owned%07", app), get("/x//"+long, app),
		},
		concors.ReasonMethodNotAllowed: {preflight("/", app, long, "")},
		concors.ReasonHeaderNotAllowed: {preflight("/", app, "PUT", long), preflight("/", app, "PUT", "x-a, x-b")},
		concors.ReasonNullOrigin:       {get("/", "null")},
		concors.ReasonOriginNotAllowed: {
			strings.Replace(get("/", evil), "api.example.com", strings.Repeat("h", 100_000), 1),
		},
	}
	for i := range 2_000 { // on each of five routers
		hostile[concors.ReasonOriginNotAllowed] = append(hostile[concors.ReasonOriginNotAllowed],
			get("/", fmt.Sprintf("https://evil-%d.example", i)))
	}
	return hostile
}

// TestLogOfAHostileClient reads back what is left of a flood.
func TestLogOfAHostileClient(t *testing.T) {
	const burst = 4 // enough for the odd ones of each reason
	hostile := refused()
	var requests []string
	for _, of := range hostile {
		requests = append(requests, of...)
	}
	for _, router := range routers.Names() {
		t.Run(router, func(t *testing.T) {
			var written bytes.Buffer // each answer comes after its line
			log := observe.NewLog(slog.New(slog.NewJSONHandler(&written, nil)), rate.Every(24*time.Hour), burst)
			base := routers.Site{Policy: newPolicy(t, log.Observe)}.Serve(t, router)
			send(t, base, get("/", app), get("/off/", evil))
			send(t, base, requests...)
			log.Flush(t.Context())
			log.Flush(t.Context()) // has nothing left to tell

			size := written.Len()
			lines := readLog(t, &written)
			if most := len(hostile) * (burst + 1); len(lines) > most || size > most*1000 {
				t.Errorf("%d lines of %d bytes in all, want at most %d of 1,000 each", len(lines), size, most)
			}
			told := map[concors.Reason]int{}
			for _, l := range lines {
				told[concors.Reason(l.Reason)] += l.stands()
				l.check(t)
			}
			for reason, of := range hostile {
				if told[reason] != len(of) {
					t.Errorf("the log tells of %d refusals for %s, want %d", told[reason], reason, len(of))
				}
			}
			if len(told) != len(hostile) {
				t.Errorf("the log tells of %v", told)
			}
		})
	}
}

// stands is for how many refusals the line stands.
func (l line) stands() int {
	if l.Msg == "CORS request refused" {
		return 1 + l.Suppressed
	}
	return l.Suppressed
}

func (l line) check(t *testing.T) {
	t.Helper()
	if l.Level != "WARN" {
		t.Errorf("%+v: not of this log", l)
	}
	if l.Msg == "CORS requests refused" {
		return
	}
	for _, s := range []string{l.Detail, l.Method, l.Host} {
		if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) || len(s) > 400 {
			t.Errorf("the log would print %d bytes of %.500q", len(s), s)
		}
		if _, err := strconv.Unquote(strings.TrimSuffix(s, "...")); err != nil {
			t.Errorf("%s is not in quotes", s)
		}
	}
	if l.Kind == "" || l.Hint == "" || l.Path != "" {
		t.Errorf("%+v", l)
	}
}

func TestLogLine(t *testing.T) {
	var written bytes.Buffer
	log := observe.NewLog(slog.New(slog.NewJSONHandler(&written, nil)), 1, 1)
	policy := newPolicy(t, log.Observe)
	policy.Decide(t.Context(), concors.Request{
		Method: "OPTIONS", Host: "api.example.com", Path: "/public/x",
		Origin: []string{app}, RequestMethod: []string{"PATCH"},
	})
	want := line{"WARN", "CORS request refused", "method-not-allowed", `"PATCH"`, "preflight", "/public/", `"OPTIONS"`, `"api.example.com"`,
		observe.Hint(concors.ReasonMethodNotAllowed), 0}
	if lines := readLog(t, &written); len(lines) != 1 || lines[0] != want {
		t.Errorf("logged %+v, want %+v", lines, want)
	}
}

// The clock of the bubble stands still until the test sleeps.
func TestLogTellsWhatItSuppressed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var written bytes.Buffer
		log := observe.NewLog(slog.New(slog.NewJSONHandler(&written, nil)), 1, 3)
		policy := newPolicy(t, log.Observe)
		refuse := func(origin string, times int) {
			for range times {
				policy.Decide(t.Context(), concors.Request{Method: "GET", Path: "/", Origin: []string{origin}})
			}
		}
		refuse(evil, 10_000)
		refuse("null", 1) // the flood does not hide it
		time.Sleep(time.Second)
		refuse(evil, 2)
		time.Sleep(time.Second)
		refuse(evil, 1)
		var got []string
		for _, l := range readLog(t, &written) {
			got = append(got, fmt.Sprint(l.Reason, " ", l.Suppressed))
		}
		const o = "origin-not-allowed "
		if want := fmt.Sprint([]string{o + "0", o + "0", o + "0", "null-origin 0", o + "9997", o + "1"}); fmt.Sprint(got) != want {
			t.Errorf("logged %v, want %v", got, want)
		}
	})
}
