package origin

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// FuzzParse asserts what holds for every text: what Parse takes is written back
// as it was, and the standard library takes it apart alike.
func FuzzParse(f *testing.F) {
	for _, c := range wellFormed {
		f.Add(c.text)
	}
	for _, text := range malformed {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		o, ok := Parse(text)
		if !ok {
			if o != (Origin{}) {
				t.Fatalf("Parse(%q) = %+v, false", text, o)
			}
			return
		}
		if o.String() != text {
			t.Fatalf("Parse(%q) = %+v, which is written %q", text, o, o.String())
		}
		u, err := url.Parse(text)
		if err != nil {
			t.Fatalf("Parse(%q) = %+v, but %v", text, o, err)
		}
		if want := (&url.URL{Scheme: o.Scheme, Host: u.Host}); *u != *want {
			t.Fatalf("Parse(%q) = %+v, but there is more in %+v", text, o, *u)
		}
		port := ""
		if o.Port != 0 {
			port = strconv.Itoa(o.Port)
		}
		if host := strings.Trim(o.Host, "[]"); u.Hostname() != host || u.Port() != port {
			t.Fatalf("Parse(%q) = %+v, but host %q, port %q", text, o, u.Hostname(), u.Port())
		}
		if _, err := netip.ParseAddr(u.Hostname()); (err == nil) != o.IP {
			t.Fatalf("Parse(%q) = %+v, but as an address: %v", text, o, err)
		}
	})
}

// FuzzParseIPv6 asserts that of the many spellings of an address exactly the
// one of the URL standard is taken.
func FuzzParseIPv6(f *testing.F) {
	for _, address := range []string{"::", "::1", "1::", "::ffff:1.2.3.4", "::1.2.3.4", "1:0:0:2::3", "1::2:0:0:3", "1:0:3:4:5:6:7:8", "fe80::1", "64:ff9b::c000:201"} {
		bytes := netip.MustParseAddr(address).As16()
		f.Add(bytes[:])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < 16 {
			return
		}
		address := netip.AddrFrom16([16]byte(b))
		want := serializeIPv6([16]byte(b))
		o, ok := Parse("https://[" + want + "]")
		if !ok || o.Host != "["+want+"]" || !o.IP {
			t.Fatalf("%v: Parse(https://[%s]) = %+v, %v", address, want, o, ok)
		}
		for _, other := range []string{address.String(), address.StringExpanded(), strings.ToUpper(want), address.WithZone("1").String()} {
			if _, ok := Parse("https://[" + other + "]"); ok != (other == want) {
				t.Fatalf("Parse(https://[%s]) = %v, want only %s taken", other, ok, want)
			}
		}
	})
}

// serializeIPv6 follows the URL standard, "IPv6 serializer", step by step.
func serializeIPv6(b [16]byte) string {
	var pieces [8]uint16
	for i := range pieces {
		pieces[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	compress, longest := -1, 1 // only a run of two pieces or more is compressed
	for i := range pieces {
		n := 0
		for i+n < len(pieces) && pieces[i+n] == 0 {
			n++
		}
		if n > longest { // of equal runs the first one
			compress, longest = i, n
		}
	}
	text, ignore0 := "", false
	for i, piece := range pieces {
		if ignore0 && piece == 0 {
			continue
		}
		ignore0 = false
		if i == compress {
			if i == 0 {
				text += ":"
			}
			text += ":"
			ignore0 = true
			continue
		}
		if text += fmt.Sprintf("%x", piece); i != 7 {
			text += ":"
		}
	}
	return text
}
