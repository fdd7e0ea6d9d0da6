package browser_test

import (
	"math/big"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// The safelist a second time, as patterns of bytes.
var (
	safeBytes    = regexp.MustCompile(`^[\t !#$%&'*+,\-./0-9;=A-Z^_` + "`" + `a-z|~\x{80}-\x{ff}]*$`)
	safeLanguage = regexp.MustCompile(`^[0-9A-Za-z *,.;=-]*$`)
	safeType     = regexp.MustCompile(`^(?i:application/x-www-form-urlencoded|multipart/form-data|text/plain)[ \t]*(;.*)?$`)
	safeRange    = regexp.MustCompile(`^bytes=([0-9]+)-([0-9]*)$`)
	forbidden    = regexp.MustCompile(`^(?i:accept-charset|accept-encoding|access-control-request-(headers|method)|connection|content-length|` +
		`cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(proxy|sec)-(?s:.*))$`)
	override = regexp.MustCompile(`^(?i:x-http-method|x-http-method-override|x-method-override)$`)
)

// isSafe is a slow second opinion on a header.
func isSafe(name, value string) bool {
	runes := make([]rune, len(value)) // one for each byte
	for i := range len(value) {
		runes[i] = rune(value[i])
	}
	decoded := string(runes)
	if len(value) > 128 {
		return false
	}
	switch name {
	case "accept":
		return safeBytes.MatchString(decoded)
	case "accept-language", "content-language":
		return safeLanguage.MatchString(decoded)
	case "content-type":
		return safeBytes.MatchString(decoded) && safeType.MatchString(decoded)
	case "range":
		m := safeRange.FindStringSubmatch(decoded)
		if m == nil || m[2] == "" {
			return m != nil
		}
		start, _ := new(big.Int).SetString(m[1], 10)
		end, _ := new(big.Int).SetString(m[2], 10)
		return start.Cmp(end) <= 0
	}
	return false
}

func FuzzUnsafeNames(f *testing.F) {
	for _, seed := range [][5]string{
		{"GET", "Accept", "text/html", "Content-Type", "text/plain;x"},
		{"get", "content-type", "text /plain", "Range", "bytes=1-2"},
		{"patch", "X-A", "1", "x-a", "2"},
		{"POST", "Accept-Language", "en_GB", "Content-Language", "de"},
		{"PUT", "RANGE", "bytes=00000000000000000002-1", "Cookie", "a=b"},
		{"po\u017ft", "Accep\u0165", "\xff", "sec-x", strings.Repeat("a", 129)},
		{"HEAD", "sec-a\nb", "1", "proxy-", "\n"},
		{"", "X-HTTP-Method", "a, TRACE", "X-Method-Override", `"TRACE`},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4])
	}
	f.Fuzz(func(t *testing.T, method, name1, value1, name2, value2 string) {
		header := http.Header{name1: {value1}}
		header[name2] = append(header[name2], value2)
		names := browser.UnsafeNames(header)
		if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
			t.Errorf("UnsafeNames(%q) = %q: not sorted, or repeated", header, names)
		}
		for _, pair := range [][2]string{{name1, value1}, {name2, value2}} {
			name, value := asciiLower(pair[0]), strings.Trim(pair[1], " \t\r\n")
			if override.MatchString(name) {
				continue // its value decides, which the tables test
			}
			want := !forbidden.MatchString(name) && !isSafe(name, value)
			alone := len(browser.UnsafeNames(http.Header{pair[0]: {pair[1]}})) > 0
			if alone != want || want && !slices.Contains(names, name) {
				t.Errorf("UnsafeNames(%q) = %q, but %q is unsafe: %v", header, names, name, want)
			}
		}
		method = browser.NormalizeMethod(method)
		if again := browser.NormalizeMethod(method); again != method {
			t.Errorf("NormalizeMethod(%q) = %q", method, again)
		}
		safelisted := method == "" || method == "GET" || method == "HEAD" || method == "POST"
		if got := browser.NeedsPreflight(method, header); got != (!safelisted || len(names) > 0) {
			t.Errorf("NeedsPreflight(%q, %q) = %v with the names %q", method, header, got, names)
		}
		if got := browser.Preflight(app, method, names)["Access-Control-Request-Headers"]; len(names) == 0 != (got == nil) ||
			len(names) > 0 && !slices.Equal(got, []string{strings.Join(names, ",")}) {
			t.Errorf("Preflight asks for %q, want %q", got, names)
		}
	})
}

func asciiLower(s string) string {
	return string(regexp.MustCompile(`[A-Z]`).ReplaceAllFunc([]byte(s), func(b []byte) []byte { return []byte{b[0] | 0x20} }))
}
