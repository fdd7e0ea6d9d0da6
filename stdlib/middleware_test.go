package corshttp_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

func TestNilPolicyPanics(t *testing.T) {
	adaptertest.WantPanic(t, "Middleware(nil)", "corshttp: Middleware needs a policy", func() { corshttp.Middleware(nil) })
	adaptertest.WantPanic(t, "CheckOrigin(nil)", "corshttp: CheckOrigin needs a policy", func() { corshttp.CheckOrigin(nil) })
}

// README stdlib: Handlers get the server's own writer
func TestHandlersGetTheWriterItself(t *testing.T) {
	w := httptest.NewRecorder()
	corshttp.Middleware(adaptertest.AppPolicy(t))(http.HandlerFunc(func(got http.ResponseWriter, _ *http.Request) {
		if got != http.ResponseWriter(w) {
			t.Errorf("the handler got a %T, want the server's own %T", got, w)
		}
	})).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
}

func TestHandlersOfTheStandardLibrary(t *testing.T) {
	adaptertest.Handlers(t, func(policy *concors.Policy, h http.Handler) http.Handler {
		return corshttp.Middleware(policy)(h)
	})
}

// README stdlib: A panic keeps the fields, whether recovery is inside or outside
func TestPanicsKeepTheFields(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	panics := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("asked for") })
	adaptertest.WantReadable(t, "recovery outside", adaptertest.Ask(recovered(cors(panics)), "GET", "/"), 500)
	adaptertest.WantReadable(t, "recovery inside", adaptertest.Ask(cors(recovered(panics)), "GET", "/"), 500)
}

// README stdlib: Outside it also catches an origin function that panics
func TestAPanickingOriginFunctionGrantsNothing(t *testing.T) {
	policy := adaptertest.NewPolicy(t, concors.Config{}, concors.WithOriginFunc(
		func(context.Context, concors.Origin, concors.Request) bool { panic("asked for") }))
	handler := recovered(corshttp.Middleware(policy)(http.HandlerFunc(ok)))
	adaptertest.WantUnreadable(t, "preflight", adaptertest.Preflight(handler, "/"), http.StatusInternalServerError)
	adaptertest.WantUnreadable(t, "GET", adaptertest.Ask(handler, "GET", "/"), http.StatusInternalServerError)
}
