package cost

import (
	"fmt"
	"slices"

	concors "github.com/concors/concors/core"
)

// A field is a header field line.
type field struct{ name, value string }

// An answer is what a server made of a request: the status, and the lines of
// the Access-Control fields and of Vary.
type answer struct {
	status int
	fields []field
}

// statusRan is what every handler answers, and no middleware.
const statusRan = 202

// A workload is a request that comes again and again to a server with one
// policy.
type workload struct {
	id, name string
	config   concors.Config
	format   string // with many: that of the origins, which config then lacks
	many     int
	method   string
	request  []field
	want     answer // by the contract; the fields in the order of their shape

	// What peers get that have no setting for config.
	instead *concors.Config

	// What a hostile request has much of: bytes of one field, or lines.
	bytes, lines int
}

// path is that of every request. The middleware is mounted above all routes.
const path = "/a/b"

// policy returns the config in full. A large one is made again every time, so
// that it need not stay in memory.
func (w *workload) policy() concors.Config {
	return w.fill(w.config)
}

func (w *workload) fill(config concors.Config) concors.Config {
	if w.many == 0 {
		return config
	}
	config.AllowOrigins = make([]string, w.many)
	for i := range config.AllowOrigins {
		config.AllowOrigins[i] = fmt.Sprintf(w.format, i)
	}
	return config
}

// isPreflight reports whether the middleware answers, not the handler.
func (w *workload) isPreflight() bool { return w.want.status != statusRan }

// asking returns the workload with another value, or no value, of one field of
// the request.
func (w *workload) asking(name string, values ...string) *workload {
	other := *w
	other.request = slices.DeleteFunc(slices.Clone(w.request), func(f field) bool { return f.name == name })
	for _, value := range values {
		other.request = append(other.request, field{name, value})
	}
	return &other
}

// browserFields are the other fields of a browser's request. Maps of more than
// eight fields are looked up in another way, and lists take longer.
var browserFields = []field{
	{"Accept", "*/*"},
	{"Accept-Encoding", "gzip, deflate, br, zstd"},
	{"Accept-Language", "en-GB,en;q=0.9"},
	{"Cache-Control", "no-cache"},
	{"Priority", "u=1, i"},
	{"Referer", "https://app.example.com/"},
	{"Sec-Fetch-Dest", "empty"},
	{"Sec-Fetch-Mode", "cors"},
	{"Sec-Fetch-Site", "cross-site"},
	{"User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"},
}

// fromBrowser returns the workload with those fields in front.
func (w *workload) fromBrowser() *workload {
	other := *w
	other.request = slices.Concat(browserFields, w.request)
	return &other
}
