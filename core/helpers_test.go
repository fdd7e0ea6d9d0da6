package concors_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

func mustPolicy(t testing.TB, cfg concors.Config, options ...concors.Option) *concors.Policy {
	t.Helper()
	p, err := concors.NewPolicy(cfg, options...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// faultsOf builds a policy that must not come about.
func faultsOf(t testing.TB, cfg concors.Config, options ...concors.Option) concors.ConfigErrors {
	t.Helper()
	p, err := concors.NewPolicy(cfg, options...)
	faults, ok := errors.AsType[concors.ConfigErrors](err)
	if !ok || len(faults) == 0 || p != nil {
		t.Fatalf("NewPolicy(%+v) = %v, %T %v, want nil and ConfigErrors", cfg, p, err, err)
	}
	return faults
}

var background = context.Background()

const (
	app   = "https://app.example.com"
	other = "https://other.example.org"
)

func get(origin ...string) concors.Request {
	return concors.Request{Method: "GET", Host: "api.example.com", Path: "/r", Origin: origin}
}

func preflight(origin, method string, headers ...string) concors.Request {
	return concors.Request{
		Method: "OPTIONS", Host: "api.example.com", Path: "/r",
		Origin: []string{origin}, RequestMethod: []string{method}, RequestHeaders: headers,
	}
}

func at(path, raw string, r concors.Request) concors.Request {
	r.Path, r.RawPath = path, raw
	return r
}

// fieldsOf returns the fields of d that have a value, Vary among them.
func fieldsOf(d concors.Decision) map[string]string {
	return maps.Collect(func(yield func(string, string) bool) {
		for name, value := range d.Fields() {
			if value != "" && !yield(name, value) {
				return
			}
		}
	})
}

// show writes what a decision says and does on one line.
func show(d concors.Decision) string {
	fields := fieldsOf(d)
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		short := strings.ReplaceAll(name, "Access-Control-", "")
		lines = append(lines, short+": "+fields[name])
	}
	return fmt.Sprintf("%d %s [%s]", d.Status(), d.Reason(), strings.Join(lines, " | "))
}

// scribble overwrites all that a header holds, and appends to every slice.
func scribble(header http.Header) {
	for name, values := range header {
		for i := range values {
			values[i] = "scribbled"
		}
		header[name] = append(values, "scribbled", "scribbled")
	}
}
