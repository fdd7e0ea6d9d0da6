package judge

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// The fields that the CORS protocol makes answers vary by.
var varied = []string{"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"}

// Others are what else may be asked for at the same URL.
type Others struct {
	Origins, Methods, Names []string
}

// CheckCache judges whether a cache may keep an answer: it asks the server what it
// would have given to others for whom Vary lets a cache take this answer (RFC
// 9111, section 4.1), and compares what a browser makes of both. A Vary that is
// missing but makes no difference to anybody is thus no fault: under one listed
// origin the answer that names it is right for everybody else too.
//
// Which answers a cache keeps is where fairness lies. OPTIONS is not cacheable
// (RFC 9110, section 9.3.7), nor are PUT and DELETE, caches keep a POST next to
// never, and without a handler that says how long, only some statuses are kept
// (RFC 9111, section 4.2.2). But some caches are told to keep OPTIONS and errors.
// So what the standard lets a cache keep counts everywhere; with every, which is
// for cases whose point is caching, all else counts too.
func CheckCache(q Request, got Answer, others Others, every bool, ask func(Request) (Answer, error)) []Fault {
	if !every && !cacheable(q, got) {
		return nil
	}
	named, all := varyNames(got.Header)
	if all {
		return nil
	}
	for _, other := range neighbours(q, others) {
		same, found := true, true
		for _, name := range varied {
			if !slices.Equal(q.lines(name), other.lines(name)) {
				same = false
				found = found && !slices.Contains(named, strings.ToLower(name))
			}
		}
		if same || !found {
			continue // nobody else, or the cache asks the server
		}
		own, err := ask(other)
		if err != nil {
			return []Fault{{Silent, fmt.Sprintf("asked by %s: %v", other.describe(), err)}}
		}
		if text := harm(other, got, own); text != "" {
			return []Fault{{Cache, fmt.Sprintf("Vary names %q, so a cache may give this answer to %s: %s", named, other.describe(), text)}}
		}
	}
	return nil
}

// harm says how a browser's decision changes if a cache answers.
func harm(q Request, kept, own Answer) string {
	for _, c := range modes {
		a, b := Verdict(q, kept, c), Verdict(q, own, c)
		switch {
		case a == nil && b != nil:
			return fmt.Sprintf("credentials %s, it gets through, and the server denies it", c)
		case a != nil && b == nil:
			return fmt.Sprintf("credentials %s, it is blocked, and the server allows it", c)
		case a == nil && !q.isPreflight() && !slices.Equal(exposed(kept.Header, own.Header, c), exposed(own.Header, kept.Header, c)):
			return fmt.Sprintf("credentials %s, it reads other fields than the server exposes to it", c)
		}
	}
	return ""
}

// cacheable reports whether the standards let a cache keep the answer.
func cacheable(q Request, got Answer) bool {
	if q.Method != http.MethodGet && q.Method != http.MethodHead {
		return false
	}
	// RFC 9110, section 15.1: heuristically cacheable statuses.
	heuristic := []int{200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501}
	return got.Ran || slices.Contains(heuristic, got.Status)
}

// varyNames returns the names of Vary in lower case.
func varyNames(header http.Header) (names []string, all bool) {
	names = elements(header["Vary"])
	for i, name := range names {
		names[i] = strings.ToLower(name)
	}
	return names, slices.Contains(names, "*")
}

// neighbours returns requests of pages for the same URL. A request without
// Origin is none: no browser checks what it gets.
func neighbours(q Request, others Others) []Request {
	pages := others.Origins
	if page := q.page(); page != "" {
		pages = append([]string{page}, pages...)
	}
	var out []Request
	for _, page := range pages {
		origin := []string{page}
		if q.Method != http.MethodOptions {
			out = append(out, q.with(map[string][]string{"Origin": origin}))
			continue
		}
		for _, asked := range append([][]string{q.asked, nil}, each(others.Methods)...) {
			for _, names := range append([][]string{q.names, nil}, each(others.Names)...) {
				out = append(out, q.with(map[string][]string{
					"Origin":                         origin,
					"Access-Control-Request-Method":  asked,
					"Access-Control-Request-Headers": names,
				}))
			}
		}
	}
	return out
}

// each makes one line of every value.
func each(values []string) [][]string {
	out := make([][]string, len(values))
	for i, value := range values {
		out[i] = []string{value}
	}
	return out
}

// describe names a request in a report.
func (q Request) describe() string {
	text := fmt.Sprintf("%s from %s", q.Method, q.page())
	if q.isPreflight() {
		text += fmt.Sprintf(" for %s %q", q.askedMethod(), q.askedNames())
	}
	return text
}
