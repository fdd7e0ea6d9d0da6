package browser_test

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

func TestReadable(t *testing.T) {
	base := http.Header{
		"Cache-Control": {"no-cache"}, "content-language": {"de"}, "Content-Length": {"3"}, "Content-Type": {"text/plain"},
		"Expires": {"0"}, "Last-Modified": {"x"}, "Pragma": {"x"},
		"X-R": {"1", "2"}, "X-S": {"3"}, "*": {"4"}, "ETag": {"5"}, "Set-Cookie": {"a=b"}, "set-cookie2": {"a=b"},
		"Access-Control-Allow-Origin": {"*"},
	}
	seven := []string{"Cache-Control", "Content-Length", "Content-Type", "Expires", "Last-Modified", "Pragma", "content-language"}
	all := slices.Concat(seven, []string{"*", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "ETag", "X-R", "X-S"})
	with := func(names ...string) []string { return slices.Concat(seven, names) }
	for _, c := range []struct {
		exposed       []string
		omit, include []string
	}{
		{nil, seven, seven},
		{[]string{""}, seven, seven},
		{[]string{"x-r"}, with("X-R"), with("X-R")},
		{[]string{",X-R,, etag ,"}, with("X-R", "ETag"), with("X-R", "ETag")},
		{[]string{"x-r", "x-s"}, with("X-R", "X-S"), with("X-R", "X-S")},
		{[]string{"x-none"}, seven, seven},
		{[]string{"set-cookie, Set-Cookie2"}, seven, seven},
		{[]string{"*"}, all, with("*")},
		{[]string{"*, x-r"}, all, with("*", "X-R")},
		{[]string{"*", "x r"}, seven, seven},
		{[]string{`"x-r"`}, seven, seven},
		{[]string{"x-r; x-s"}, seven, seven},
	} {
		header := base.Clone()
		if c.exposed != nil {
			header["Access-Control-Expose-Headers"] = c.exposed
		}
		for mode, names := range map[browser.Credentials][]string{browser.Omit: c.omit, browser.SameOrigin: c.omit, "": c.omit, browser.Include: c.include} {
			got := browser.Readable(mode, header)
			if !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(slices.Values(names))) {
				t.Errorf("Readable(%q) of %q = %q, want %q", mode, c.exposed, slices.Sorted(maps.Keys(got)), names)
			}
			for name, values := range got {
				if !slices.Equal(values, header[name]) {
					t.Errorf("Readable(%q) of %q: %s = %q, want %q", mode, c.exposed, name, values, header[name])
				}
			}
		}
	}
}

// The result is the caller's to change.
func TestReadableSharesNothing(t *testing.T) {
	header := http.Header{"Pragma": {"a"}}
	browser.Readable(browser.Omit, header)["Pragma"][0] = "b"
	if header.Get("Pragma") != "a" {
		t.Error("a change to the result changed the header")
	}
}
