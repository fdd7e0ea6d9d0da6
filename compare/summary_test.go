package compare

import (
	"strings"
	"testing"
)

func TestRenew(t *testing.T) {
	r := *report(t)
	r.Versions = map[string]string{"github.com/rs/cors": "v1.11.1"}
	once, err := r.Renew("above\n" + markBegin + "\nold\n" + markEnd + "\nbelow\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"above\n" + markBegin + "\n", "| subject | cases |", "\n| **all** | ", "rs/cors v1.11.1", markEnd + "\nbelow\n"} {
		if !strings.Contains(once, want) {
			t.Errorf("the renewed text lacks %q", want)
		}
	}
	if strings.Contains(once, "old") {
		t.Error("the old table is still there")
	}
	if twice, err := r.Renew(once); err != nil || twice != once {
		t.Errorf("renewed again it differs, or fails: %v", err)
	}
	for _, text := range []string{"", markBegin, markEnd + markBegin} {
		if got, err := r.Renew(text); err == nil {
			t.Errorf("Renew(%q) = %q, want an error", text, got)
		}
	}
}
