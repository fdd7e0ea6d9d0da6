package browser_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

// long is the longest value that may be safe.
var long = strings.Repeat("a", 128)

var unsafeValues = []struct {
	name, value string
	unsafe      bool
}{
	{"Accept", "", false}, {"Accept", "text/html, */*;q=0.1", false}, {"accept", "a\tb", false}, {"Accept", "\xff", false},
	{"Accept", long, false}, {"Accept", long + "a", true}, {"Accept", " " + long + "\r\n", false},
	{"Accept", `"`, true}, {"Accept", "(", true}, {"Accept", ")", true}, {"Accept", "a:b", true}, {"Accept", "<", true},
	{"Accept", ">", true}, {"Accept", "?", true}, {"Accept", "@", true}, {"Accept", "[", true}, {"Accept", `\`, true},
	{"Accept", "]", true}, {"Accept", "{", true}, {"Accept", "}", true}, {"Accept", "a\x7f", true}, {"Accept", "a\x01b", true},
	{"Accept", "!#$%&'*+,-./;=^_`|~", false},

	{"Accept-Language", "en-GB, *;q=0.5", false}, {"Content-Language", "de", false}, {"Accept-Language", long + "a", true},
	{"Accept-Language", "en@x", true}, {"Accept-Language", "en_GB", true}, {"Content-Language", "a\tb", true},
	{"Content-Language", "a/b", true}, {"Accept-Language", "\xe4", true},

	{"Content-Type", "text/plain", false}, {"content-type", "TEXT/Plain", false}, {"Content-Type", "multipart/form-data; boundary=x", false},
	{"Content-Type", "application/x-www-form-urlencoded;charset=utf-8", false},
	{"Content-Type", "text/plain;", false}, {"Content-Type", "text/plain;garbage", false}, {"Content-Type", "text/plain ; x", false},
	{"Content-Type", "text /plain", true}, {"Content-Type", "text/ plain", true}, {"Content-Type", "text/plain,", true},
	{"Content-Type", ",text/plain", true}, {"Content-Type", "text/plain,x/x", true}, {"Content-Type", "text/plain; x=\"a\"", true},
	{"Content-Type", "application/json", true}, {"Content-Type", "text/html", true}, {"Content-Type", "", true},
	{"Content-Type", "text", true}, {"Content-Type", "text/", true}, {"Content-Type", "text/plain/x", true},
	{"Content-Type", "text/plain;" + strings.Repeat("a", 117), false}, {"Content-Type", "text/plain;" + strings.Repeat("a", 118), true},

	{"Range", "bytes=0-", false}, {"Range", "bytes=5-5", false}, {"Range", "bytes=0-499", false}, {"Range", "bytes=007-8", false},
	{"Range", "bytes=99999999999999999999-100000000000000000000", false}, {"Range", "bytes=10-9", true},
	{"Range", "bytes=-200", true}, {"Range", "bytes=-", true}, {"Range", "bytes=0-1,2-3", true}, {"Range", "bytes= 0-", true},
	{"Range", "bytes =0-", true}, {"Range", "bytes=0 -1", true}, {"Range", "bytes=0", true}, {"Range", "Bytes=0-", true},
	{"Range", "seconds=0-1", true}, {"Range", "", true}, {"Range", "bytes=0-1 2", true}, {"Range", "bytes=+1-2", true},

	{"Authorization", "Bearer t", true}, {"X-A", "", true}, {"Last-Event-ID", "1", true}, {"DPR", "2", true}, {"User-Agent", "x", true},
	{"Acc\u212aept", "a", true}, {"Cache-Control", "no-cache", true},

	{"Origin", "https://a.example", false}, {"Cookie", "a=b", false}, {"Cookie2", "a", false}, {"Host", "a", false}, {"Sec-X", "1", false},
	{"Proxy-X", "1", false}, {"Access-Control-Request-Method", "PUT", false}, {"Access-Control-Request-Headers", "x", false},
	{"Content-Length", "1", false}, {"Set-Cookie", "a=b", false}, {"TE", "x", false}, {"DNT", "1", false}, {"Via", "x", false},
	{"Accept-Charset", "x", false}, {"Accept-Encoding", "x", false}, {"Connection", "x", false}, {"Date", "x", false},
	{"Expect", "x", false}, {"Keep-Alive", "x", false}, {"Referer", "x", false}, {"Trailer", "x", false},
	{"Transfer-Encoding", "x", false}, {"Upgrade", "x", false}, {"Security", "x", true}, {"Proxy", "x", true},
	{"X-HTTP-Method-Override", "TRACE", false}, {"X-HTTP-Method", "put, Track", false}, {"X-Method-Override", "connect", false},
	{"X-HTTP-Method-Override", "PUT", true}, {"X-HTTP-Method", `"a, TRACE"`, true}, {"X-HTTP-Method", `"a\", TRACE", x`, true},
	{"X-HTTP-Method", `"a\"", TRACE`, false}, {"X-HTTP-Method", `"TRACE"`, true},
}

// One header, and whether its value makes a preflight name it.
func TestUnsafeValues(t *testing.T) {
	for _, c := range unsafeValues {
		var want []string
		if c.unsafe {
			want = []string{strings.ToLower(c.name)}
			if c.name == "Acc\u212aept" {
				want = []string{"acc\u212aept"} // only A to Z are lower-cased
			}
		}
		if got := browser.UnsafeNames(http.Header{c.name: {c.value}}); !slices.Equal(got, want) {
			t.Errorf("UnsafeNames(%s: %q) = %q, want %q", c.name, c.value, got, want)
		}
	}
}

func TestUnsafeNames(t *testing.T) {
	for _, c := range []struct {
		header http.Header
		want   []string
	}{
		{nil, nil},
		{http.Header{"X-B": {"1"}, "x-A": {"2"}, "X-a": {"3"}, "Content-Type": {"text/plain"}}, []string{"x-a", "x-b"}},
		{http.Header{"Content-Type": {"text/plain", "application/json"}}, []string{"content-type"}},
		{http.Header{"X-A": {}}, nil},
		// 1024 bytes of safelisted values will do; one more, and all are named.
		{http.Header{"Accept": {long, long, long, long}, "Accept-Language": {long, long, long, long}}, nil},
		{http.Header{"Accept": {long, long, long, long}, "Accept-Language": {long, long, long, long}, "Content-Language": {"a"}},
			[]string{"accept", "accept-language", "content-language"}},
		// A value that is too long by itself does not count towards them.
		{http.Header{"Accept": {long + "a", long, long, long, long, long, long, long, long}}, []string{"accept"}},
		{http.Header{"Accept": {long, long, long, long, long, long, long, long}, "Content-Language": {long + "a"}},
			[]string{"content-language"}},
	} {
		if got := browser.UnsafeNames(c.header); !slices.Equal(got, c.want) {
			t.Errorf("UnsafeNames(%q) = %q, want %q", c.header, got, c.want)
		}
	}
}
