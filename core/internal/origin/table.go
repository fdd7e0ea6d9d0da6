package origin

import "hash/maphash"

// table is a set of strings for look-up. It takes less than half the memory of
// a map: a slot has four bytes, and the strings stand close together. They are
// not copied. The zero table is empty.
type table struct {
	seed maphash.Seed
	keys []string // in the order in which they came
	// A slot is free if it is 0. Else its lower bits, as many as a slot's index
	// has, are 1 more than the index of a key, and the bits above are some of the
	// key's hash, so that other keys need hardly ever be looked at. Some slots
	// are always free.
	slots []uint32
}

// newTable returns a table with room for n keys.
func newTable(n int) table {
	slots := 8
	for tooFull(n, slots) {
		slots *= 2
	}
	return table{maphash.MakeSeed(), make([]string, 0, n), make([]uint32, slots)}
}

// tooFull keeps a quarter of the slots free, so that runs of used ones are short.
func tooFull(keys, slots int) bool {
	return keys > slots/4*3
}

// has reports whether t holds key.
func (t *table) has(key string) bool {
	if len(t.slots) == 0 {
		return false
	}
	_, _, ok := t.find(key)
	return ok
}

// add puts key into t and reports whether it is new there.
func (t *table) add(key string) bool {
	if len(t.slots) == 0 {
		*t = newTable(1)
	}
	at, tag, ok := t.find(key)
	if ok {
		return false
	}
	t.keys = append(t.keys, key)
	if tooFull(len(t.keys), len(t.slots)) {
		t.grow()
		return true
	}
	t.slots[at] = tag | uint32(len(t.keys))
	return true
}

// find returns the slot that has key, or else the one that is free for it, and
// the upper bits that go there.
func (t *table) find(key string) (at, tag uint32, ok bool) {
	hash := maphash.String(t.seed, key)
	mask := uint32(len(t.slots) - 1)
	tag = uint32(hash>>32) &^ mask
	for at = uint32(hash) & mask; ; at = (at + 1) & mask {
		slot := t.slots[at]
		if slot == 0 {
			return at, tag, false
		}
		if slot&^mask == tag && t.keys[slot&mask-1] == key {
			return at, tag, true
		}
	}
}

// grow puts all keys into twice as many slots.
func (t *table) grow() {
	t.slots = make([]uint32, 2*len(t.slots))
	for i, key := range t.keys {
		at, tag, _ := t.find(key)
		t.slots[at] = tag | uint32(i+1)
	}
}
