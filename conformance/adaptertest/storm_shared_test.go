//go:build !race

package adaptertest

import (
	"net/http"
	"testing"

	concors "github.com/concors/concors/core"
)

// The fault is a data race, so the race detector would end this test.
func TestStormFindsASliceOfTwoAnswers(t *testing.T) {
	shared := []string{"Origin"}
	got := &failures{TB: t}
	Storm(got, func(policy *concors.Policy) http.Handler {
		return server(policy, overwrites, func(h http.Header, r *http.Request) {
			if r.Method == http.MethodGet {
				h["Vary"] = shared
			}
		})
	})
	got.want(t, "a shared slice", "no policy's answer")
}
