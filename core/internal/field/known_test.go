package field

import "testing"

func TestWellKnown(t *testing.T) {
	for name, want := range map[string]string{
		"content-type": "Content-Type", "Content-Type": "Content-Type", "X-REQUESTED-WITH": "X-Requested-With", "retry-after": "Retry-After",
		"": "", "Content": "", "Content-Type-": "", "ContentType": "", "X-A": "", "x-reque\u017ft-id": "",
	} {
		if got := WellKnown(name); got != want {
			t.Errorf("WellKnown(%q) = %q, want %q", name, got, want)
		}
	}
	for _, name := range wellKnown {
		if !IsToken(name) || WellKnown(name) != name {
			t.Errorf("%q is not a name by itself", name)
		}
	}
}
