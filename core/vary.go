package concors

import (
	"strings"

	"github.com/concors/concors/core/internal/field"
)

// varySet is a set of request header names that answers depend on.
type varySet uint8

const (
	varyOrigin varySet = 1 << iota
	varyMethod
	varyHeaders
	varyAll = varyOrigin | varyMethod | varyHeaders
)

var varyNames = [...]string{"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"}

// varies holds the value of Vary for each set.
var varies = func() (values [varyAll + 1]string) {
	for set := range values {
		var names []string
		for i, name := range varyNames {
			if set>>i&1 == 1 {
				names = append(names, name)
			}
		}
		values[set] = strings.Join(names, ", ")
	}
	return values
}()

// varies says what the answer depends on. Answers to OPTIONS under a policy
// name the request fields whatever the request is, since some caches keep them.
func (d *Decision) varies() varySet {
	var set varySet
	if !d.rules.anyOrigin {
		set = varyOrigin
	}
	if d.options {
		set |= varyMethod | varyHeaders
	}
	return set
}

// without is s less the names that stand in lines of Vary already.
func (s varySet) without(lines []string) varySet {
	for _, line := range lines {
		for name, rest := field.Next(line); name != ""; name, rest = field.Next(rest) {
			for i, known := range varyNames {
				if field.EqualFold(name, known) {
					s &^= 1 << i
				}
			}
		}
	}
	return s
}
