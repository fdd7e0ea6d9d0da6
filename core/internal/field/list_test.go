package field

import (
	"slices"
	"strings"
	"testing"
)

var lists = []struct {
	list string
	want []string
}{
	{"", nil},
	{",", nil},
	{" ,\t, ,", nil},
	{"\t \t", nil},
	{"a", []string{"a"}},
	{"a,b", []string{"a", "b"}},
	{" a\t,\t b ", []string{"a", "b"}},
	{",,a,,,b,,", []string{"a", "b"}},
	{"a b, c", []string{"a b", "c"}},
	{"a,A,a", []string{"a", "A", "a"}},
	{"a;q=1,\"b,c\"", []string{"a;q=1", "\"b", "c\""}}, // lists of names have no quoted strings
	{"a\n,b", []string{"a\n", "b"}},                    // only blanks and tabs are white space
	{"\u00a0a", []string{"\u00a0a"}},
	{"a\x00b,\xff", []string{"a\x00b", "\xff"}},
}

func TestNext(t *testing.T) {
	for _, c := range lists {
		if got := elements(c.list); !slices.Equal(got, c.want) {
			t.Errorf("the elements of %q are %q, want %q", c.list, got, c.want)
		}
	}
}

func elements(list string) (all []string) {
	for element, rest := Next(list); element != ""; element, rest = Next(rest) {
		all = append(all, element)
	}
	return all
}

func TestJoin(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{nil, ""},
		{[]string{"", ",", " "}, ""},
		{[]string{"a"}, "a"},
		{[]string{" a , b", "", ",c,"}, "a,b,c"},
		{[]string{"a", "a", "A"}, "a,a,A"},
	} {
		if got := Join(c.lines, len(c.want)); got != c.want {
			t.Errorf("Join(%q) = %q, want %q", c.lines, got, c.want)
		}
	}
}

// FuzzNext compares with a plain reading of RFC 9110, section 5.6.1.2, and
// asserts that whoever takes a list apart reads it once: the rest gets shorter
// and is the end of what was.
func FuzzNext(f *testing.F) {
	for _, c := range lists {
		f.Add(c.list)
	}
	f.Fuzz(func(t *testing.T, list string) {
		var want []string
		for part := range strings.SplitSeq(list, ",") {
			if part = strings.Trim(part, " \t"); part != "" {
				want = append(want, part)
			}
		}
		if got := elements(list); !slices.Equal(got, want) {
			t.Fatalf("the elements of %q are %q, want %q", list, got, want)
		}
		joined := strings.Join(want, ",")
		isTight := joined == list && len(want) > 0 && !slices.ContainsFunc(want, func(name string) bool { return !IsToken(name) })
		if got := IsTight(list); got != isTight {
			t.Fatalf("IsTight(%q) = %v, want %v", list, got, isTight)
		}
		if got := Join([]string{list}, len(joined)); got != joined {
			t.Fatalf("Join(%q) = %q, want %q", list, got, joined)
		}
		for rest := list; rest != ""; {
			element, next := Next(rest)
			if len(next) >= len(rest) || !strings.HasSuffix(rest, next) {
				t.Fatalf("Next(%q) leaves %q", rest, next)
			}
			if len(element) > len(rest)-len(next) {
				t.Fatalf("Next(%q) = %q and leaves %q", rest, element, next)
			}
			rest = next
		}
	})
}

func TestIsTight(t *testing.T) {
	for list, want := range map[string]bool{
		"x-a": true, "x-a,x-b": true, "a,a,A": true, "": false, ",": false, "x-a,": false, ",x-a": false,
		"x-a,,x-b": false, "x-a, x-b": false, "x-a ": false, "\tx-a": false, "x a": false, "x-a;x-b": false, "x-a,x\xff": false,
	} {
		if got := IsTight(list); got != want {
			t.Errorf("IsTight(%q) = %v, want %v", list, got, want)
		}
	}
}

// Blanks are read many at a time, whatever stands between and behind them.
func TestNextPassesOverManyBlanks(t *testing.T) {
	for n := range 70 {
		blanks := strings.Repeat(" ", n)
		for _, c := range []struct {
			list string
			want []string
		}{
			{blanks, nil},
			{blanks + "a", []string{"a"}},
			{blanks + "\t" + blanks + "," + blanks + "a" + blanks, []string{"a"}},
			{"a" + blanks + "," + blanks + "b", []string{"a", "b"}},
			{blanks + "\x00", []string{"\x00"}},
		} {
			if got := elements(c.list); !slices.Equal(got, c.want) {
				t.Errorf("the elements of %q are %q, want %q", c.list, got, c.want)
			}
		}
	}
}
