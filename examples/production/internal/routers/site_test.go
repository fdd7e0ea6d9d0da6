package routers_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/concors/concors/conformance/adaptertest"
	"github.com/concors/concors/conformance/browser"
	"github.com/concors/concors/examples/production/internal/routers"
)

// TestOnEach shows that a page reads the site on every router, and that Begin is
// called round the policy: for a preflight, too.
func TestOnEach(t *testing.T) {
	var begun, ended atomic.Int32
	site := routers.Site{
		Policy: adaptertest.AppPolicy(t),
		Begin: func(ctx context.Context) (context.Context, func()) {
			begun.Add(1)
			return ctx, func() { ended.Add(1) }
		},
		Answer: func(ctx context.Context, set func(name, value string)) context.Context {
			set("X-Begun", strconv.Itoa(int(begun.Load())))
			return ctx
		},
	}
	var tested []string
	site.OnEach(t, func(t *testing.T, base string) {
		tested = append(tested, t.Name())
		begun.Store(0)
		ended.Store(0)
		b, err := browser.Dial(base)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		r, err := b.Fetch(t.Context(), browser.Fetch{
			Page: "https://app.example.com", URL: "/any/path", Method: http.MethodPut,
		})
		if err != nil {
			t.Fatal(err)
		}
		if !r.Allowed() || string(r.Body) != "ok\n" {
			t.Errorf("%v, body %q", r, r.Body)
		}
		for i, e := range r.Exchanges {
			if got, want := e.Answer.Get("X-Begun"), strconv.Itoa(i+1); got != want {
				t.Errorf("Answer set the field to %q, want %q", got, want)
			}
		}
		if begun.Load() != 2 {
			t.Errorf("Begin was called %d times, want twice: for the preflight and for the request", begun.Load())
		}
	})
	want := []string{"TestOnEach/stdlib", "TestOnEach/chi", "TestOnEach/gin", "TestOnEach/echo", "TestOnEach/fiber"}
	if !slices.Equal(tested, want) {
		t.Errorf("tested %q, want %q", tested, want)
	}
}
