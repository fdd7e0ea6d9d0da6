package concors_test

import (
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// reflecting allows every header with credentials, which browsers do not take
// "*" for: the requested names are written back.
func reflecting(t testing.TB) *concors.Policy {
	return mustPolicy(t, concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"*"}, AllowHeaders: []string{"*"}, AllowCredentials: true, MaxAge: 600})
}

const allowHeaders = "Access-Control-Allow-Headers"

func TestReflectedNames(t *testing.T) {
	p := reflecting(t)
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{nil, ""},
		{[]string{""}, ""},
		{[]string{" ", ",,", "\t,"}, ""},
		{[]string{"x-a"}, "x-a"},
		{[]string{"x-b,x-a"}, "x-b,x-a"},
		{[]string{"x-a, x-b"}, "x-a,x-b"},
		{[]string{" x-a\t,,x-b ,"}, "x-a,x-b"},
		{[]string{"X-A,x-a,X-a"}, "X-A,x-a,X-a"},
		{[]string{"authorization,*,x"}, "authorization,*,x"},
		{[]string{"x-a", "x-b"}, "x-a,x-b"},
		{[]string{"", "x-a,x-b", " "}, "x-a,x-b"},
		{[]string{"a,,,b", "c"}, "a,b,c"}, // the first line is as long as the list
		{[]string{"a", "b,,,c"}, "a,b,c"},
		{[]string{"a , b", "c"}, "a,b,c"},
		{[]string{",a,", "b"}, "a,b"},
		{[]string{"a,b", ",,,,,"}, "a,b"},
	} {
		d := p.Decide(background, preflight(app, "PUT", c.lines...))
		value, has := fieldsOf(d)[allowHeaders]
		if !d.Allowed() || value != c.want || has != (c.want != "") {
			t.Errorf("%q is answered by %q (%v), want %q", c.lines, value, d.Reason(), c.want)
		}
	}
}

// At most 16384 bytes are written back, empty elements and blanks not counted.
func TestReflectedNamesAreBounded(t *testing.T) {
	p := reflecting(t)
	most := strings.Repeat("x", 16380)
	for _, c := range []struct {
		lines  []string
		reason concors.Reason
	}{
		{[]string{most + "yyyy"}, concors.ReasonAllowed},
		{[]string{most + "yyyyy"}, concors.ReasonHeadersTooLong},
		{[]string{most + ",yyy"}, concors.ReasonAllowed},
		{[]string{most + ",yyyy"}, concors.ReasonHeadersTooLong},
		{[]string{most, "yyy"}, concors.ReasonAllowed},
		{[]string{most, "yyyy"}, concors.ReasonHeadersTooLong},
		{[]string{" ,, " + most + "\t,,", strings.Repeat(", ", 100_000), "yyy"}, concors.ReasonAllowed},
		{[]string{strings.Repeat("a,", 8192)}, concors.ReasonAllowed}, // 16383
		{[]string{strings.Repeat("a,", 8193)}, concors.ReasonHeadersTooLong},
		{[]string{most + "yyyyy", "é"}, concors.ReasonHeadersTooLong}, // the first at fault
		{[]string{"é", most + "yyyyy"}, concors.ReasonHeaderMalformed},
	} {
		d := p.Decide(background, preflight(app, "PUT", c.lines...))
		if d.Reason() != c.reason || d.Allowed() && len(fieldsOf(d)[allowHeaders]) > 16384 || !d.Allowed() && (d.Status() != 403 || len(d.Detail()) > 256) {
			t.Errorf("%.40q… is answered by %.200s, want %s", c.lines, show(d), c.reason)
		}
	}
}

// FuzzReflect compares with splitting and joining.
func FuzzReflect(f *testing.F) {
	f.Add("x-a, x-b", "", "x-c")
	f.Add("a,,,b", "c", "")
	f.Add(",", " a\t", "a , b")
	f.Fuzz(func(t *testing.T, one, two, three string) {
		checkReflected(t, []string{one, two, three})
		// Short names and many separators, made of the same bytes.
		shorten := func(s string) string {
			return strings.Map(func(r rune) rune { return rune("a,b ,\tc,"[int(r)&7]) }, s)
		}
		checkReflected(t, []string{shorten(one), shorten(two), shorten(three)})
	})
}

func checkReflected(t *testing.T, lines []string) {
	t.Helper()
	var names []string
	for name := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		if name = trim(name); name != "" {
			names = append(names, name)
			if !token.MatchString(name) {
				return // the reference of Decide sees to it
			}
		}
	}
	want := strings.Join(names, ",")
	if got := fieldsOf(reflecting(t).Decide(background, preflight(app, "PUT", lines...)))[allowHeaders]; got != want && len(want) <= 16384 {
		t.Fatalf("%q is answered by %q, want %q", lines, got, want)
	}
}
