package concors

import (
	"net/http"
	"slices"

	"github.com/concors/concors/core/internal/field"
)

// Apply writes the decision to header, which must not be nil. It deletes the
// Access-Control response fields that are there, in whatever spelling, sets its
// own, and adds to Vary the names that are missing. Where no policy applies, it
// does nothing.
//
// The values are in one new array that belongs to header alone: whatever is
// done to them later changes no other response, no request and no policy.
func (d Decision) Apply(header http.Header) {
	d.apply(header) // this much is inlined, so that d is not copied for a call
}

func (d *Decision) apply(header http.Header) {
	if d.isUntouched() {
		return
	}
	var present []string
	missing := d.varies()
	if len(header) > 0 {
		deleteFields(header)
		present = header["Vary"]
		missing = missing.without(present)
	}
	lines := d.rules.answers.lines[d.grant]
	if missing != 0 && len(present) == 0 {
		switch len(lines) { // most answers have no more than this
		case 0:
			array := &[...]string{varies[missing]}
			header["Vary"] = array[:]
			return
		case 1:
			array := &[...]string{d.value(allowOriginField), varies[missing]}
			header[fieldNames[allowOriginField]] = array[:1:1]
			header["Vary"] = array[1:]
			return
		}
	}
	n := d.fields().len()
	if missing != 0 {
		n += 1 + len(present)
	}
	array := newArray(n)
	for i := range lines {
		l := &lines[i]
		value := l.value
		if value == "" {
			if value = d.value(l.field); value == "" {
				continue // no names were asked for
			}
		}
		array[0] = value
		header[l.name] = array[:1:1]
		array = array[1:]
	}
	if missing != 0 {
		// The slice that is there may be shared and may have room to append:
		// its lines are carried over, not extended.
		copy(array, present)
		array[len(present)] = varies[missing]
		header["Vary"] = array
	}
}

// newArray returns n strings. Arrays of a constant size are quicker to make.
func newArray(n int) []string {
	switch n {
	case 0:
		return nil
	case 1:
		return new([1]string)[:]
	case 2:
		return new([2]string)[:]
	case 3:
		return new([3]string)[:]
	case 4:
		return new([4]string)[:]
	case 5:
		return new([5]string)[:]
	case 6:
		return new([6]string)[:]
	}
	return make([]string, n)
}

// deleteFields takes away what an outer layer wrote, and what somebody wrote
// past the canonical form of names.
func deleteFields(header http.Header) {
	for name := range header {
		if len(name) >= len("Access-Control-Max-Age") && (name[0]|0x20) == 'a' && isField(name) {
			delete(header, name)
		}
	}
}

func isField(name string) bool {
	return slices.ContainsFunc(fieldNames[:], func(known string) bool { return field.EqualFold(known, name) })
}
