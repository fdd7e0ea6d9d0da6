package conformance

import (
	"bufio"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestCachesCannotMix plays a cache that keeps every answer that a case wants,
// errors and answers to OPTIONS too, and hands it out wherever Vary lets it
// (RFC 9111, section 4.1): whoever gets an answer that another asked for must
// find the very fields in it that the server would have sent.
func TestCachesCannotMix(t *testing.T) {
	cases, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	served := 0
	for _, c := range cases {
		var kept []*exchange
		for _, s := range c.steps {
			if s.reload != nil {
				kept = nil // what an old policy answered may live on in caches; browsers ask anew after max-age
				continue
			}
			for _, k := range kept {
				if !cacheServes(t, k, s.ask) {
					continue
				}
				served++
				if got, want := fieldMap(k.want.fields), fieldMap(s.ask.want.fields); !maps.EqualFunc(got, want, slices.Equal) {
					t.Errorf("%s gets the answer of line %d from a cache: %q, want %q", c.at(s.ask.line), k.line, got, want)
				}
			}
			kept = append(kept, s.ask)
		}
	}
	t.Logf("%d answers came from the cache", served)
	if served == 0 {
		t.Error("no answer came from the cache")
	}
}

// cacheServes reports whether a cache that keeps the answer to one request
// hands it out for another.
func cacheServes(t *testing.T, kept, asked *exchange) bool {
	t.Helper()
	if kept.request.method != asked.request.method || kept.request.target != asked.request.target ||
		slices.Contains(kept.want.vary, "*") {
		return false
	}
	a, b := fieldsOf(t, kept), fieldsOf(t, asked)
	return !slices.ContainsFunc(kept.want.vary, func(name string) bool {
		key := http.CanonicalHeaderKey(name)
		return !slices.Equal(a[key], b[key])
	})
}

func fieldsOf(t *testing.T, e *exchange) http.Header {
	t.Helper()
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(e.request.raw)))
	if err != nil {
		t.Fatalf("line %d: %v", e.line, err)
	}
	return r.Header
}

func fieldMap(fields []field) map[string][]string {
	out := map[string][]string{}
	for _, f := range fields {
		out[f.name] = append(out[f.name], f.value)
	}
	return out
}
