package typo

import "testing"

func TestIsOneEdit(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"", "", false},
		{"", "a", true},
		{"", "ab", false},
		{"a", "a", false},
		{"a", "A", false}, // the same, case aside
		{"a", "b", true},
		{"ab", "ba", true},
		{"ab", "BA", true},
		{"ab", "cd", false},
		{"ab", "cb", true},
		{"abc", "cba", false},
		{"authorization", "autorization", true},
		{"authorization", "authorisation", true},
		{"authorization", "Auhtorization", true},
		{"authorization", "author", false},
		{"x-request-id", "X-RequestID", true},
		{"x-request-id", "X-RequestId-", false},
		{"x-request-id", "X_Request-Id", true},
		{"aab", "ab", true},
		{"aba", "ab", true},
		{"abcd", "bacd", true},
		{"abcd", "badc", false},
		{"abab", "baba", false},
		{"k", "\u212a", false}, // three bytes
	} {
		for range 2 {
			if got := IsOneEdit(c.a, c.b); got != c.want {
				t.Errorf("IsOneEdit(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
			}
			c.a, c.b = c.b, c.a
		}
	}
}
