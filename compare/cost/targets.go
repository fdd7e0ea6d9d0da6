package cost

import "slices"

// A bar is the most that something may be, in parts of what it is compared to.
type bar struct {
	column string // the variant, or one of the two below
	most   float64

	// What a router's bar should come down to.
	aim float64
	// It is shown, and fails nothing. On chi the router's own share hides the
	// middleware's.
	isIndicative bool
}

const (
	perByte = "ns per byte"
	perLine = "ns per line"
)

// target is a line of the table of targets: the most that an answer of Concors
// may cost, in parts of what others need. 0: no bar.
type target struct {
	rs, goChi        float64 // on net/http
	gin, echo, fiber float64 // the routers' own
	floor            floors
	hostile
}

type floors struct{ netHTTP, gin, echo, fiber float64 }

type hostile struct{ reading, perByte, perLine float64 }

// targets by workload. rs/cors and gin-contrib/cors hand the same slices to
// every response, and gin-contrib leaves Vary out of answers that are not
// CORS: hence the few bars above 1.
var targets = map[string]target{
	"not-cors":         {1.5, 1.0, 2.0, 0.75, 0.9, floors{1.5, 1.35, 1.3, 1.55}, hostile{}},
	"actual":           {0.95, 0.5, 0.55, 0.65, 0.55, floors{1.55, 1.45, 1.35, 1.65}, hostile{}},
	"actual-denied":    {0.75, 0.55, 0.7, 0.4, 0.55, floors{1.5, 1.35, 1.35, 1.65}, hostile{}},
	"credentials":      {1.05, 0.35, 0.6, 0.55, 0.5, floors{1.45, 1.35, 1.35, 1.6}, hostile{}},
	"preflight":        {0.75, 0.25, 0.8, 0.55, 0.4, floors{2.0, 1.8, 1.8, 2.7}, hostile{}},
	"preflight-denied": {0.65, 0.35, 0.8, 0.45, 0.25, floors{1.9, 1.6, 1.5, 2.5}, hostile{}},
	"reflected":        {0.8, 0.2, 0.75, 0.45, 0.4, floors{1.75, 1.55, 1.55, 2.6}, hostile{}},
	"exact-10":         {0.8, 0.5, 0.17, 0.15, 0.5, floors{1.8, 1.55, 1.5, 1.8}, hostile{}},
	"exact-100":        {0.35, 0.3, 0.03, 0.02, 0.3, floors{1.85, 1.55, 1.5, 1.8}, hostile{}},
	"exact-10000":      {0.006, 0.006, 0.0003, 0.0002, 0.01, floors{1.85, 1.55, 1.5, 1.8}, hostile{}},
	"exact-1000000":    {0.0001, 0.0001, 0.00001, 0, 0.0001, floors{1.85, 1.7, 1.7, 2.0}, hostile{}},
	"wildcards-hit":    {0.22, 0.05, 0.03, 0.02, 0.25, floors{2.2, 1.9, 1.75, 2.0}, hostile{}},
	"wildcards-miss":   {0.2, 0.05, 0.03, 0.005, 0.25, floors{2.1, 1.7, 1.65, 2.1}, hostile{}},
	"origin-64k":       {0.005, 0.005, 0.03, 0.08, 0.01, floors{1.5, 1.35, 1.4, 1.7}, hostile{}},

	// Peers leave the names unread or give up early, and so deny what the
	// contract accepts. The bar is a share of what the server has spent on
	// reading such a request by then.
	"same-64k":   {goChi: 0.1, hostile: hostile{reading: 0.15, perByte: 0.6}},
	"blanks-64k": {goChi: 0.05, hostile: hostile{reading: 0.15, perByte: 0.6}},
	"lines-1024": {goChi: 2, hostile: hostile{reading: 0.15, perLine: 5}},
}

// What fiber is held to until its own targets are set: they are from a sketch
// that had not all of its duties. Those are what it aims at.
const (
	fiberFloor   = 3
	fiberNotCORS = 1.5
	fiberOwn     = 0.8

	chiFloor     = 1.5
	chiActual    = 0.8
	chiPreflight = 0.4
)

// bars returns what a workload on a router is held to.
func bars(router string, w *workload) []bar {
	t := targets[w.id]
	var list []bar
	switch router {
	case "net/http":
		list = []bar{{column: floored, most: t.floor.netHTTP}, {column: "rs/cors", most: t.rs}, {column: "go-chi/cors", most: t.goChi}}
	case "chi":
		list = chiBars(w)
	case "gin":
		list = []bar{{column: floored, most: t.floor.gin}, {column: "gin-contrib/cors", most: t.gin}}
	case "echo":
		list = []bar{{column: floored, most: t.floor.echo}, {column: "echo", most: t.echo}}
	case "fiber":
		list = fiberBars(w, t)
	}
	// fasthttp alone takes as long to list the lines of a field, and by default
	// refuses heads of more than 4 KiB.
	list = append(list, bar{column: perByte, most: t.perByte}, bar{column: perLine, most: t.perLine, isIndicative: router == "fiber"})
	if router != "fiber" {
		list = append(list, bar{column: reading, most: t.reading})
	}
	return slices.DeleteFunc(list, func(b bar) bool { return b.most == 0 })
}

func chiBars(w *workload) []bar {
	if w.bytes+w.lines > 0 {
		return nil
	}
	own := bar{column: "go-chi/cors", most: chiActual, isIndicative: true}
	if w.isPreflight() {
		own.most = chiPreflight
	}
	return []bar{{column: floored, most: chiFloor, isIndicative: true}, own}
}

func fiberBars(w *workload, t target) []bar {
	if t.fiber == 0 {
		return nil
	}
	own := bar{column: "fiber", most: fiberOwn, aim: t.fiber}
	if w.id == "not-cors" {
		own.most = fiberNotCORS
	}
	return []bar{{column: floored, most: fiberFloor, aim: t.floor.fiber}, own}
}

// budget is what an answer may allocate beyond the bare router: one array of 16
// bytes a line; on echo the function that it asks every middleware for besides;
// on fiber nothing.
func budget(router string, w *workload) memory {
	lines := int64(len(w.want.fields))
	switch router {
	case "fiber":
		return memory{}
	case "echo":
		return memory{2, 16*lines + 24}
	}
	return memory{1, 16 * lines}
}
