package gateway

import (
	"fmt"
	"strconv"
	"strings"
)

// Loss is something that a policy says and a target does not.
type Loss struct {
	// Field names the entry as a [concors.ConfigError] does, such as
	// paths["/api/"].allowOrigins[1]. It is empty for what concerns the policy
	// as a whole.
	Field string
	// Value is the entry as given.
	Value string
	// Effect says what becomes of it.
	Effect Effect
	// Hint says why, and what to do about it.
	Hint string
}

// String returns the loss as one line.
func (l Loss) String() string {
	var s strings.Builder
	if l.Field != "" {
		s.WriteString(l.Field + ": ")
	}
	if l.Value != "" {
		s.WriteString(strconv.Quote(l.Value) + " ")
	}
	fmt.Fprintf(&s, "(%s): %s", l.Effect, l.Hint)
	return s.String()
}

// Effect is what becomes of an entry. The values are stable, so that a build
// can accept some and refuse the rest.
type Effect string

// The effects that a [Loss] can have.
const (
	LeftOut      Effect = "left-out"      // not written: what only this entry allows is refused
	Narrowed     Effect = "narrowed"      // written, but less is allowed by it
	Differs      Effect = "differs"       // answered in another way that lets a page read no more
	NeedsSetting Effect = "needs-setting" // works only with a setting of the target
	Wider        Effect = "wider"         // the target may allow what the policy refuses
)

// ledger notes losses, in the order of the fields.
type ledger struct {
	prefix string // of fields, with a dot at its end if any
	losses []Loss
}

// add notes that something becomes of an entry, or of a whole field if index
// is negative.
func (l *ledger) add(field string, index int, value string, effect Effect, hint string) {
	if index >= 0 {
		field += "[" + strconv.Itoa(index) + "]"
	}
	l.losses = append(l.losses, Loss{l.prefix + field, value, effect, hint})
}

// whole notes what concerns the policy as a whole.
func (l *ledger) whole(effect Effect, hint string) {
	l.losses = append(l.losses, Loss{Effect: effect, Hint: hint})
}
