package adaptertest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// WantReadable checks that the page may read the answer, and that caches are
// told to keep it for this page alone.
func WantReadable(t testing.TB, what string, res *http.Response, status int) {
	t.Helper()
	allowed := res.Header["Access-Control-Allow-Origin"]
	if res.StatusCode != status || !slices.Equal(allowed, []string{App}) || !Varies(res.Header, "Origin") {
		t.Errorf("%s: status %d, allowed origins %q, Vary %q; want %d, [%q] and Origin in Vary",
			what, res.StatusCode, allowed, res.Header["Vary"], status, App)
	}
}

// WantUnreadable checks that the answer has no CORS field.
func WantUnreadable(t testing.TB, what string, res *http.Response, status int) {
	t.Helper()
	if res.StatusCode != status {
		t.Errorf("%s: status %d, want %d", what, res.StatusCode, status)
	}
	for name, values := range res.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("%s: %s: %q, want no such field", what, name, values)
		}
	}
}

// Varies reports whether Vary lists name.
func Varies(h http.Header, name string) bool {
	for element := range strings.SplitSeq(strings.Join(h["Vary"], ","), ",") {
		if strings.EqualFold(strings.TrimSpace(element), name) {
			return true
		}
	}
	return false
}

// WantPanic checks that f panics with a message that contains part.
func WantPanic(t testing.TB, what, part string, f func()) {
	t.Helper()
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, part) {
			t.Errorf("%s: panic %q, want a message with %q", what, got, part)
		}
	}()
	f()
}
