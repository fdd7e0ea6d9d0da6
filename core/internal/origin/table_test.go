package origin

import (
	"fmt"
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	for _, n := range []int{0, 1, 5, 6, 7, 12, 13, 100, 10_000} {
		for _, room := range []int{0, 1, n / 2, n} {
			table := newTable(room)
			for i := range n {
				if key := fmt.Sprint("key-", i); table.has(key) || !table.add(key) || table.add(key) || !table.has(key) {
					t.Fatalf("with room for %d, %s as number %d is not new once", room, key, i)
				}
			}
			for i := range n {
				if key := fmt.Sprint("key-", i); !table.has(key) || table.add(key) {
					t.Fatalf("with room for %d, %s is not among %d", room, key, n)
				}
				// Some of these share a slot, or bits of the hash, with a key.
				if table.has(fmt.Sprint("other-", i)) || table.has(fmt.Sprint("key-", n+i)) {
					t.Fatalf("with room for %d, another key is among %d", room, n)
				}
			}
			if table.has("") {
				t.Fatalf("no key at all is among %d", n)
			}
		}
	}
}

// A table that is told how many keys come makes room once.
func TestTableHasRoom(t *testing.T) {
	for n := range 1000 {
		table := newTable(n)
		keys, slots := cap(table.keys), len(table.slots)
		for i := range n {
			table.add(fmt.Sprint(i))
		}
		if cap(table.keys) != keys || len(table.slots) != slots {
			t.Fatalf("a table for %d keys grows", n)
		}
	}
}

func TestZeroTable(t *testing.T) {
	var table table
	if table.has("") || table.has("a") {
		t.Error("nothing has a key")
	}
	if !table.add("") || !table.has("") || table.has("a") || table.add("") {
		t.Error("the empty key is not kept like any other")
	}
}

// FuzzTable compares with a map.
func FuzzTable(f *testing.F) {
	f.Add("a b a c", "b d", uint8(0))
	f.Add(strings.Repeat("a ", 20)+"b c d e f g h i j", "i j k", uint8(9))
	f.Fuzz(func(t *testing.T, added, asked string, room uint8) {
		table, want := newTable(int(room)), map[string]bool{}
		for key := range strings.SplitSeq(added, " ") {
			if isNew := table.add(key); isNew == want[key] {
				t.Fatalf("add(%q) = %v behind %v", key, isNew, want)
			}
			want[key] = true
		}
		for key := range strings.SplitSeq(added+" "+asked, " ") {
			if table.has(key) != want[key] {
				t.Fatalf("has(%q) = %v, want %v among %v", key, !want[key], want[key], want)
			}
		}
	})
}
