package explain_test

import (
	"strings"
	"testing"

	"github.com/concors/concors/examples/production/explain"
)

func TestMessages(t *testing.T) {
	for text, want := range map[string]string{
		"GET / HTTP/1.1\norigin: " + app:                                          "request allowed",
		"GET / HTTP/1.1\r\nHost: api.example.com\r\nOrigin: null\r\n\r\nthe body": `request refused, null-origin "null"`,
	} {
		explanation, err := explain.Message(t.Context(), newPolicy(t), strings.NewReader(text))
		if first, _, _ := strings.Cut(explanation.String(), "\n"); err != nil || first != want {
			t.Errorf("%q: %s, %v; want %s", text, first, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                           "not a request such as",
		"hello":                      "not a request such as",
		":method: GET\norigin: null": "not a request such as",
		"GET / HTTP/1.1\nX-Long: " + strings.Repeat("a", 64<<10): "exceeds 65536 bytes",
	} {
		if _, err := explain.Message(t.Context(), newPolicy(t), strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
}
