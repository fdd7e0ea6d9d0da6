package corschi_test

import (
	"net/http"
	"testing"

	"github.com/go-chi/chi/v5"

	corschi "github.com/concors/concors/chi"
	"github.com/concors/concors/conformance/adaptertest"
)

// README chi: a panic that nobody recovers closes the connection
func TestAPanicThatNobodyRecoversIsNoAnswer(t *testing.T) {
	r := chi.NewRouter()
	r.Use(corschi.Middleware(adaptertest.AppPolicy(t)))
	r.Get("/", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	server := adaptertest.Serve(t, r)
	if res, err := server.Client().Get(server.URL); err == nil {
		res.Body.Close()
		t.Errorf("status %d, want no answer", res.StatusCode)
	}
}
