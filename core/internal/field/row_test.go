package field

import (
	"strings"
	"testing"
)

func TestRowLen(t *testing.T) {
	rows := []string{" ", "\t", ",", " \t,", ",,\t"}
	lengths := []int{63, 64, 65, 71, 72, 127, 128, 129, 136, 192, 200} // about the strides
	for n := range 20 {                                                // over the end of the second word
		lengths = append(lengths, n)
	}
	for c := range 256 {
		isRow := c == ' ' || c == '\t' || c == ','
		for _, row := range rows {
			for _, n := range lengths {
				front := strings.Repeat(row, n)[:n]
				want := n
				if isRow {
					want += 1 + len(",")
				}
				for _, list := range []string{front + string([]byte{byte(c)}) + ",", front + string([]byte{byte(c)}) + ",x       "} {
					if got := rowLen(list); got != want {
						t.Fatalf("rowLen(%q) = %d, want %d", list, got, want)
					}
				}
			}
		}
	}
}

// FuzzRowLen compares with the trimming of the standard library.
func FuzzRowLen(f *testing.F) {
	f.Add("")
	f.Add(" \t,\x00       ")
	f.Add("        \xa0\x89\xac,,,,,")
	f.Add(",,,,,,,,,,,,,,,,\v")
	f.Fuzz(func(t *testing.T, list string) {
		want := len(list) - len(strings.TrimLeft(list, " \t,"))
		if got := rowLen(list); got != want {
			t.Fatalf("rowLen(%q) = %d, want %d", list, got, want)
		}
	})
}
