package adaptertest

import (
	"net/http"
	"slices"
	"testing"

	concors "github.com/concors/concors/core"
)

func overwrites(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusOK)
	Overwrite(w.Header())
}

func TestStorm(t *testing.T) {
	const mixed, request = "no policy's answer", "the request's fields are"
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		spoil   func(h http.Header, r *http.Request)
		want    string
	}{
		{"a right middleware", overwrites, nil, ""},
		{"the other policy's methods", overwrites, func(h http.Header, _ *http.Request) {
			switch h.Get("Access-Control-Allow-Methods") {
			case "PUT":
				h.Set("Access-Control-Allow-Methods", "DELETE")
			case "DELETE":
				h.Set("Access-Control-Allow-Methods", "PUT")
			}
		}, mixed},
		{"a field too many", overwrites, func(h http.Header, _ *http.Request) { h.Set("Access-Control-Max-Age", "1") }, mixed},
		{"a field too few", overwrites, func(h http.Header, _ *http.Request) { delete(h, "Vary") }, mixed},
		{"a slice of the request's", overwrites, func(h http.Header, r *http.Request) {
			if h["Access-Control-Allow-Origin"] != nil {
				h["Access-Control-Allow-Origin"] = r.Header["Origin"]
			}
		}, request},
		{"an array of the request's", overwrites, func(h http.Header, r *http.Request) {
			array := append(slices.Clone(h["Vary"]), r.Header["Origin"]...)
			h["Vary"], r.Header["Origin"] = array[:1], array[1:]
		}, request},
		{"another status", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusAccepted)
			Overwrite(w.Header())
		}, nil, mixed},
		{"a handler that overwrites nothing", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusOK)
		}, nil, "want it overwritten"},
	} {
		got := &failures{TB: t}
		Storm(got, func(policy *concors.Policy) http.Handler { return server(policy, test.handler, test.spoil) })
		got.want(t, test.name, test.want)
	}
}

func TestOverwrite(t *testing.T) {
	array := []string{"a", "b", "c"}
	h := http.Header{"X-A": array[0:1:2], "X-C": array[2:]}
	Overwrite(h)
	if want := []string{overwritten, overwritten, overwritten}; !slices.Equal(array, want) {
		t.Errorf("the array is %q, want %q", array, want)
	}
	if got, want := h["X-A"], []string{overwritten, overwritten, "appended"}; !slices.Equal(got, want) {
		t.Errorf("X-A: %q, want %q", got, want)
	}
}
