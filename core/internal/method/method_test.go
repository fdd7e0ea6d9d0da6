package method

import (
	"slices"
	"strings"
	"testing"
)

func TestSet(t *testing.T) {
	few := []string{"PUT", "patch", "Report"}
	many := append(slices.Clone(few), "A", "B", "C", "D", "E", "F", "G")
	for _, list := range [][]string{few, many} {
		set := NewSet(list)
		for _, m := range list {
			if !set.Has(m) {
				t.Errorf("%q: Has(%q) = false", list, m)
			}
		}
		for _, m := range []string{"", "put", "Put", "PATCH", "REPORT", "report", "PU", "PUTT", "PUT ", "GET", "*", "A,B"} {
			if set.Has(m) {
				t.Errorf("%q: Has(%q) = true", list, m)
			}
		}
	}
	var zero Set
	if zero.Has("") || zero.Has("PUT") {
		t.Error("the zero Set has something")
	}
}

// A caller's list may change after the set is built.
func TestSetKeepsNoSlice(t *testing.T) {
	list := []string{"PUT", "DELETE"}
	set := NewSet(list)
	list[0] = "PURGE"
	if !set.Has("PUT") || set.Has("PURGE") {
		t.Error("the set changes with the caller's slice")
	}
}

func TestIsSafelisted(t *testing.T) {
	for m, want := range map[string]bool{
		"GET": true, "HEAD": true, "POST": true, "get": false, "Head": false, "PUT": false, "OPTIONS": false, "": false, "GET ": false,
	} {
		if got := IsSafelisted(m); got != want {
			t.Errorf("IsSafelisted(%q) = %v", m, got)
		}
	}
}

func TestIsForbidden(t *testing.T) {
	for _, m := range []string{"CONNECT", "TRACE", "TRACK"} {
		for _, spelling := range []string{m, strings.ToLower(m), m[:1] + strings.ToLower(m[1:])} {
			if !IsForbidden(spelling) {
				t.Errorf("IsForbidden(%q) = false", spelling)
			}
		}
	}
	for _, m := range []string{"", "GET", "OPTIONS", "TRAC", "TRACER", "CONNECT "} {
		if IsForbidden(m) {
			t.Errorf("IsForbidden(%q) = true", m)
		}
	}
}

// Fetch, "normalize a method": six methods and no others.
func TestNormalize(t *testing.T) {
	for m, want := range map[string]string{
		"delete": "DELETE", "Get": "GET", "hEAD": "HEAD", "options": "OPTIONS", "Post": "POST", "put": "PUT",
		"PUT": "PUT", "patch": "patch", "Patch": "Patch", "PATCH": "PATCH", "report": "report", "": "", "put ": "put ",
	} {
		if got := Normalize(m); got != want {
			t.Errorf("Normalize(%q) = %q, want %q", m, got, want)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	for _, m := range []string{"get", "PATCH", "oPTIONS", "putt"} {
		f.Add(m)
	}
	f.Fuzz(func(t *testing.T, m string) {
		want := m
		upper := []byte(m)
		for i, c := range upper {
			if c >= 0x80 {
				return // no method: methods are tokens
			}
			if 'a' <= c && c <= 'z' {
				upper[i] = c - 'a' + 'A'
			}
		}
		switch string(upper) {
		case "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT":
			want = string(upper)
		}
		if got := Normalize(m); got != want {
			t.Fatalf("Normalize(%q) = %q, want %q", m, got, want)
		}
	})
}
