package corshttp_test

import (
	"net/http"
	"testing"

	"github.com/concors/concors/conformance/adaptertest"
	corshttp "github.com/concors/concors/stdlib"
)

// README stdlib: `mux.Handle("/items", cors(h))`, without a method
func TestOtherPathsThanThePatternHaveNoFields(t *testing.T) {
	cors := corshttp.Middleware(adaptertest.AppPolicy(t))
	mux := http.NewServeMux()
	mux.Handle("/items", cors(http.HandlerFunc(ok)))
	asked := []string{"Access-Control-Request-Method", http.MethodPut}

	inside := adaptertest.Serve(t, mux)
	adaptertest.WantReadable(t, "preflight", adaptertest.Fetch(t, inside, "OPTIONS", "/items", asked...), http.StatusNoContent)
	adaptertest.WantReadable(t, "PUT", adaptertest.Fetch(t, inside, "PUT", "/items"), http.StatusOK)
	adaptertest.WantUnreadable(t, "trap, 404", adaptertest.Fetch(t, inside, "GET", "/none"), http.StatusNotFound)
	adaptertest.WantUnreadable(t, "trap, preflight", adaptertest.Fetch(t, inside, "OPTIONS", "/none", asked...), http.StatusNotFound)

	round := adaptertest.Serve(t, cors(mux))
	adaptertest.WantReadable(t, "404", adaptertest.Fetch(t, round, "GET", "/none"), http.StatusNotFound)
	adaptertest.WantReadable(t, "its preflight", adaptertest.Fetch(t, round, "OPTIONS", "/none", asked...), http.StatusNoContent)
}

// README stdlib: a panic that nobody recovers closes the connection
func TestAPanicThatNobodyRecoversIsNoAnswer(t *testing.T) {
	broken := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	server := adaptertest.Serve(t, corshttp.Middleware(adaptertest.AppPolicy(t))(broken))
	if res, err := server.Client().Get(server.URL); err == nil {
		res.Body.Close()
		t.Errorf("status %d, want no answer", res.StatusCode)
	}
}
