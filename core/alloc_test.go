//go:build !race

package concors_test

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

// Race detection changes allocation counts, hence the build constraint.

// workload is a request and the number of fields of its answer.
type workload struct {
	name   string
	cfg    concors.Config
	r      concors.Request
	fields int
}

var (
	one        = concors.Config{AllowOrigins: []string{app}}
	full       = concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT", "DELETE"}, AllowHeaders: []string{"X-A", "Content-Type"}, ExposeHeaders: []string{"X-Total"}, MaxAge: 600}
	reflects   = concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"*"}, AllowCredentials: true, MaxAge: 600}
	credential = concors.Config{AllowOrigins: []string{app}, ExposeHeaders: []string{"X-Total"}, AllowCredentials: true}
	anyone     = concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"*"}, AllowHeaders: []string{"*"}}
)

func exactOrigins(n int) concors.Config {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("https://tenant-%d.example.com", i)
	}
	return concors.Config{AllowOrigins: list}
}

func wildcards(n int) concors.Config {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("https://*.tenant-%d.example.com", i)
	}
	return concors.Config{AllowOrigins: list}
}

func inPaths(inner concors.Config) concors.Config {
	return concors.Config{Paths: map[string]concors.Config{"/a/": inner, "/a/b/": inner, "/": one, "/" + strings.Repeat("long", 50) + "/": one}}
}

func workloads() []workload {
	withoutOrigin := preflight(app, "PUT")
	withoutOrigin.Origin = nil
	list := []workload{
		{"not CORS", one, get(), 1},
		{"not CORS, every origin", anyone, get(), 1},
		{"not CORS, OPTIONS", one, withoutOrigin, 1},
		{"actual, allowed", one, get(app), 2},
		{"actual, denied", one, get(other), 1},
		{"actual, every origin", anyone, get(app), 1},
		{"actual, credentials and exposed headers", credential, get(app), 4},
		{"preflight, allowed", full, preflight(app, "PUT", "content-type,x-a"), 5},
		{"preflight, odd spelling", full, preflight(" "+app+"\t", " PUT", "X-A ,, Content-TYPE", "", "x-a"), 5},
		{"preflight, denied by origin", full, preflight(other, "PUT", "x-a"), 1},
		{"preflight, denied by method", full, preflight(app, "PATCH", "x-a"), 1},
		{"preflight, denied by header", full, preflight(app, "PUT", "x-a,x-b"), 1},
		{"preflight, malformed", full, preflight(app, "P T", "x-a,x-b"), 1},
		{"preflight, names reflected", reflects, preflight(app, "PUT", "authorization,x-a"), 6},
		{"preflight, every origin", anyone, preflight(app, "PUT", "authorization,x-a"), 4},
		{"wildcards, hit", wildcards(100), get("https://a.b.tenant-99.example.com"), 2},
		{"wildcards, miss", wildcards(100), get("https://a.b.tenant-100.example.com"), 1},
		{"malformed origin", full, get("https://app.example.com/"), 1},
		{"64 KiB of origin", full, get("https://" + strings.Repeat("a", 64<<10) + ".example.com"), 1},
		{"64 KiB of labels", wildcards(100), get("https://" + strings.Repeat("a.", 32<<10) + "tenant-99.example.com"), 1},
		{"several origins", full, get(app, app), 1},
		{"IPv6", concors.Config{AllowOrigins: []string{"http://[::1]:*"}}, get("http://[::1]:3000"), 2},
		{"a path", inPaths(full), at("/a/b/c", "/a/b/%63", get(app)), 3},
		{"no such path", concors.Config{Paths: map[string]concors.Config{"/a/": full}}, at("/b", "", get(app)), 0},
		{"an ambiguous path", inPaths(full), at("/A/x", "/%41/x", preflight(app, "PUT")), 1},
		{"a long path", inPaths(full), at("/a/"+strings.Repeat("X/", 32<<10), "", get(app)), 3},
	}
	for _, n := range []int{10, 100, 10_000, 1_000_000} {
		list = append(list, workload{fmt.Sprint(n, " origins"), exactOrigins(n), get(fmt.Sprintf("https://tenant-%d.example.com", n-1)), 2})
	}
	return list
}

func TestAllocations(t *testing.T) {
	for _, w := range workloads() {
		p := mustPolicy(t, w.cfg)
		for _, debug := range []bool{false, true} {
			p.SetDebug(debug)
			checkDecideAllocates(t, w.name, p, w.r, 0)
		}
		p.SetDebug(false)
		d := p.Decide(background, w.r)
		checkApplyAllocates(t, w.name, d, http.Header{}, w.fields)
		checkAnswerAllocates(t, w.name, p, w.r, w.fields)
	}
}

func checkAnswerAllocates(t *testing.T, name string, p *concors.Policy, r concors.Request, lines int) {
	t.Helper()
	header, q := http.Header{}, serverRequest(r)
	answer := func() {
		clear(header)
		p.Answer(header, q)
	}
	if got, want := testing.AllocsPerRun(100, answer), min(lines, 1); got != float64(want) {
		t.Errorf("%s: Answer makes %v allocations, want %d", name, got, want)
	}
	if got := bytesPerRun(answer); got != 16*lines {
		t.Errorf("%s: Answer allocates %d bytes, want %d", name, got, 16*lines)
	}
}

func checkDecideAllocates(t *testing.T, name string, p *concors.Policy, r concors.Request, want float64) {
	t.Helper()
	if got := testing.AllocsPerRun(100, func() { sink = p.Decide(background, r) }); got != want {
		t.Errorf("%s: Decide makes %v allocations, want %v", name, got, want)
	}
}

var sink concors.Decision

// checkApplyAllocates asserts that the lines that are set share one array.
func checkApplyAllocates(t *testing.T, name string, d concors.Decision, before http.Header, lines int) {
	t.Helper()
	header := before.Clone()
	vary, hasVary := header["Vary"]
	apply := func() {
		clear(header)
		if hasVary {
			header["Vary"] = vary
		}
		d.Apply(header)
	}
	want := min(lines, 1)
	if got := testing.AllocsPerRun(100, apply); got != float64(want) {
		t.Errorf("%s: Apply makes %v allocations, want %d", name, got, want)
	}
	if got := bytesPerRun(apply); got != 16*lines {
		t.Errorf("%s: Apply allocates %d bytes, want %d", name, got, 16*lines)
	}
}

// bytesPerRun is what f allocates. Whatever else allocates meanwhile is little
// beside so many runs, and falls away in the division.
func bytesPerRun(f func()) int {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	const runs = 4096
	f()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		f()
	}
	runtime.ReadMemStats(&after)
	return int((after.TotalAlloc - before.TotalAlloc) / runs)
}

// A Vary that is there already is carried over in the same array, and nothing
// is written where nothing is missing.
func TestAllocationsBesideVary(t *testing.T) {
	p := mustPolicy(t, full)
	actual, ask := p.Decide(background, get(app)), p.Decide(background, preflight(app, "PUT"))
	vary := func(lines ...string) http.Header { return http.Header{"Vary": lines} }
	spare := append(make([]string, 0, 8), "Accept-Encoding")
	checkApplyAllocates(t, "actual", actual, vary("Accept-Encoding"), 4)
	checkApplyAllocates(t, "actual beside a line with room", actual, vary(spare...), 4)
	checkApplyAllocates(t, "actual beside two lines", actual, vary("Accept-Encoding", "Cookie"), 5)
	checkApplyAllocates(t, "actual beside Origin", actual, vary("Accept-Encoding, origin"), 2)
	checkApplyAllocates(t, "preflight", ask, vary("Accept-Encoding"), 6)
	checkApplyAllocates(t, "preflight beside some names", ask, vary("Origin, access-control-request-method"), 6)
	checkApplyAllocates(t, "preflight beside all names", ask, vary("Origin", "Access-Control-Request-Method,Access-Control-Request-Headers"), 4)
	denied := p.Decide(background, get(other))
	checkApplyAllocates(t, "denied beside Origin", denied, vary("Origin"), 0)
}

// Requested headers cost no memory, however long and odd they are.
func TestAllocationsForHostileHeaders(t *testing.T) {
	const size = 900 << 10
	lines := make([]string, 1000)
	for i := range lines {
		lines[i] = strings.Repeat(",", 900)
	}
	hostile := map[string][]string{
		"commas": {strings.Repeat(",", size)}, "blanks": {strings.Repeat(" ", size)}, "blanks and commas": {strings.Repeat(" \t,", size/3)},
		"a name again and again": {strings.Repeat("x-a,", size/4)}, "in upper case": {strings.Repeat("X-A,", size/4)}, "1,000 lines of commas": lines,
		"1,024 empty lines": make([]string, 1024), "1,000 lines of names": repeat("x-a", 1000), "one long name": {strings.Repeat("x", size)},
		"a long name in upper case": {strings.Repeat("X", size)}, "many unknown names": {strings.Repeat("x-b,", size/4)},
		"64 bytes in upper case": {strings.Repeat(strings.Repeat("Y", 64)+",", 1000)}, "65 bytes in upper case": {strings.Repeat(strings.Repeat("X", 65)+",", 1000)},
	}
	many := full
	many.AllowHeaders = append(many.AllowHeaders, strings.Repeat("y", 64), strings.Repeat("x", 65))
	for i := range 20 {
		many.AllowHeaders = append(many.AllowHeaders, fmt.Sprintf("X-Many-%d", i))
	}
	for label, cfg := range map[string]concors.Config{"few": full, "many": many, "every": anyone} {
		p := mustPolicy(t, cfg)
		for name, lines := range hostile {
			checkDecideAllocates(t, label+", "+name, p, preflight(app, "PUT", lines...), 0)
		}
	}
	p := mustPolicy(t, reflects)
	for _, name := range []string{"commas", "blanks", "blanks and commas", "1,000 lines of commas", "1,024 empty lines", "one long name", "many unknown names", "a name again and again"} {
		checkDecideAllocates(t, "reflected, "+name, p, preflight(app, "PUT", hostile[name]...), 0)
	}
	// Names that need cleaning are copied once.
	checkDecideAllocates(t, "reflected, cleaned", p, preflight(app, "PUT", "x-a, x-b"), 1)
	checkDecideAllocates(t, "reflected, two lines", p, preflight(app, "PUT", "x-a", "x-b"), 1)
}

func repeat(s string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = s
	}
	return list
}

// The functions of a policy get what they get without allocation.
func TestAllocationsWithFunctions(t *testing.T) {
	var heard int
	observe := concors.WithObserver(func(context.Context, concors.Request, concors.Decision) { heard++ })
	admit := concors.WithOriginFunc(func(_ context.Context, o concors.Origin, _ concors.Request) bool { return o.Host == "fn.example.org" })
	for _, w := range []workload{
		{"not CORS", one, get(), 1}, {"actual", one, get(app), 2}, {"denied", one, get(other), 1},
		{"preflight", full, preflight(app, "PUT", "x-a"), 5}, {"asked", full, preflight("https://fn.example.org", "PUT", "x-a"), 5},
		{"malformed", full, get("x"), 1},
	} {
		p := mustPolicy(t, w.cfg, observe, admit)
		checkDecideAllocates(t, w.name, p, w.r, 0)
		checkApplyAllocates(t, w.name, p.Decide(background, w.r), http.Header{}, w.fields)
		checkAnswerAllocates(t, w.name, p, w.r, w.fields)
		if got := testing.AllocsPerRun(100, func() { p.AllowsOrigin(background, w.r) }); got != 0 {
			t.Errorf("%s: AllowsOrigin makes %v allocations", w.name, got)
		}
	}
	if heard == 0 {
		t.Error("the observer hears nothing")
	}
}

func TestFieldsAllocateNothing(t *testing.T) {
	p := mustPolicy(t, full)
	d := p.Decide(background, preflight(app, "PUT", "x-a"))
	length := 0
	if got := testing.AllocsPerRun(100, func() {
		for name, value := range d.Fields() {
			length += len(name) + len(value)
		}
	}); got != 0 {
		t.Errorf("Fields makes %v allocations", got)
	}
}

// Every string and every slice of a Clone is its own.
func TestCloneCopiesEveryString(t *testing.T) {
	r := concors.Request{
		Method: "OPTIONS", Host: "h.example.com", Path: "/path", RawPath: "/p%61th",
		Origin: []string{app, other}, RequestMethod: []string{"PUT"}, RequestHeaders: []string{"x-a", "x-b"},
	}
	const stringsAndSlices = 4 + 5 + 3
	if got := testing.AllocsPerRun(100, func() { cloned = r.Clone() }); got != stringsAndSlices {
		t.Errorf("Clone makes %v allocations, want %d", got, stringsAndSlices)
	}
}

var cloned concors.Request

// Segments below every key cost no memory, however many they are: a key with a
// long segment costs some for the segments that may match it, and no others.
func TestAllocationsBelowLongKeys(t *testing.T) {
	long := "/" + strings.Repeat("b", 200)
	p := mustPolicy(t, concors.Config{Paths: map[string]concors.Config{long + "/": {AllowOrigins: []string{app}}}})
	odd := "/" + strings.Repeat("B", 200)
	allocations := func(r concors.Request) float64 {
		return testing.AllocsPerRun(20, func() { p.Decide(background, r) })
	}
	few, many := allocations(at(odd+odd, "", get(app))), allocations(at(strings.Repeat(odd, 1000), "", get(app)))
	if many != few {
		t.Errorf("%v allocations for 1,000 segments, %v for 2", many, few)
	}
}
