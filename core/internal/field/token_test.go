package field

import "testing"

func TestIsToken(t *testing.T) {
	for c := range 256 {
		// RFC 9110, section 5.6.2.
		want := false
		switch b := byte(c); {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
			want = true
		case b == '!', b == '#', b == '$', b == '%', b == '&', b == '\'', b == '*', b == '+', b == '-', b == '.', b == '^', b == '_', b == '`', b == '|', b == '~':
			want = true
		}
		for _, s := range []string{string([]byte{byte(c)}), "a" + string([]byte{byte(c)}), string([]byte{byte(c)}) + "a"} {
			if got := IsToken(s); got != want {
				t.Errorf("IsToken(%q) = %v, want %v", s, got, want)
			}
		}
	}
	if IsToken("") {
		t.Error(`IsToken("") = true`)
	}
	for _, s := range []string{"é", "\u212a", "a\u00a0b", "a b", "a\tb", "a,b"} {
		if IsToken(s) {
			t.Errorf("IsToken(%q) = true", s)
		}
	}
}

func TestTrimOWS(t *testing.T) {
	for s, want := range map[string]string{
		"": "", " ": "", "\t \t": "", "a": "a", " a": "a", "a\t": "a", " \ta b\t ": "a b", "\na": "\na", "a\r": "a\r", "\u00a0a": "\u00a0a", "\va\f": "\va\f",
	} {
		if got := TrimOWS(s); got != want {
			t.Errorf("TrimOWS(%q) = %q, want %q", s, got, want)
		}
	}
}
