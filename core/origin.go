package concors

import "github.com/concors/concors/core/internal/origin"

// Origin is a tuple origin: where a page comes from. It is comparable; the
// zero Origin is none.
type Origin struct {
	// Scheme and Host are in lower case, as browsers send them. An IPv6
	// address stands in brackets, an internationalised name as A-labels.
	Scheme, Host string
	// Port is 0 for the scheme's default.
	Port int
}

// String returns the origin as it stands in the Origin field (HTML standard,
// "serialization of an origin").
func (o Origin) String() string {
	return origin.Origin{Scheme: o.Scheme, Host: o.Host, Port: o.Port}.String()
}
