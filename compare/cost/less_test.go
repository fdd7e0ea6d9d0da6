package cost

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// Every peer grants what the policy allows and refuses what it does not, and
// leaves out what the tables say, neither more nor less.
func TestPeersLeaveOut(t *testing.T) {
	for _, l := range lanes() {
		for _, p := range l.peers {
			for _, w := range workloads() {
				if isTooLarge(p.name, w) {
					continue
				}
				w = w.small()
				got := leftOut(t, p, w)
				slices.Sort(got)
				want := lacks(p.name, w.id)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s/%s: %s leaves out %q, want %q", l.router, w.id, p.name, got, want)
				}
			}
		}
	}
}

// No peer that is listed is unknown.
func TestLeftOutByKnownPeers(t *testing.T) {
	for _, l := range less {
		if !slices.ContainsFunc(lanes(), func(lane lane) bool {
			return slices.ContainsFunc(lane.peers, func(p peer) bool { return p.name == l.peer })
		}) {
			t.Errorf("no router has the peer %q", l.peer)
		}
		for _, id := range l.workloads {
			if !slices.ContainsFunc(workloads(), func(w *workload) bool { return w.id == id }) {
				t.Errorf("%s: there is no workload %q", l.peer, id)
			}
		}
	}
}

// leftOut asks the peer.
func leftOut(t *testing.T, p peer, w *workload) (list []string) {
	t.Helper()
	got := answerOf(t, p, w)
	grants, wants := got.value(allowOrigin) != "", w.want.value(allowOrigin) != ""
	switch {
	case grants && !wants:
		t.Errorf("%s/%s: grants %v", p.name, w.id, got)
	case wants && !grants:
		list = append(list, refuses)
	case grants:
		checkGrant(t, p, w, got)
	}
	if w.want.status == statusRan && got.status != statusRan {
		list = append(list, notRan)
	}
	names := got.names(vary)
	missing := slices.DeleteFunc(w.want.names(vary), func(name string) bool { return slices.Contains(names, name) })
	switch len(missing) {
	case 0:
	case len(w.want.names(vary)):
		list = append(list, noVary)
	default:
		list = append(list, shortVary)
	}
	if w.isPreflight() && grants && readsNothing(t, p, w) {
		list = append(list, unread)
	}
	if w.instead != nil {
		if _, err := p.drive(w, specOf(w)); err != nil {
			list = append(list, instead)
		}
	}
	return append(list, sharing(t, p, w)...)
}

// checkGrant holds an answer that grants to what a browser needs: the whole
// list, or the part that was asked for.
func checkGrant(t *testing.T, p peer, w *workload, got answer) {
	t.Helper()
	if w.isPreflight() != (got.status != statusRan) || w.isPreflight() && (got.status < 200 || got.status > 299) {
		t.Errorf("%s/%s: status %d", p.name, w.id, got.status)
	}
	for _, name := range []string{allowOrigin, allowCredentials, exposeHeaders, maxAge} {
		if got, want := got.value(name), w.want.value(name); got != want {
			t.Errorf("%s/%s: %s is %q, want %q", p.name, w.id, name, got, want)
		}
	}
	if !w.isPreflight() {
		return
	}
	if !slices.Contains(got.names(allowMethods), "put") {
		t.Errorf("%s/%s: allows the methods %q", p.name, w.id, got.names(allowMethods))
	}
	allowed := got.names(allowHeaders)
	asked := answer{fields: w.request}.names(requestHeaders)
	for _, name := range slices.Compact(asked) {
		if !slices.Contains(allowed, name) {
			t.Errorf("%s/%s: does not allow %q", p.name, w.id, name)
		}
	}
}

// readsNothing reports whether a preflight that must fail gets the same answer
// as one that must not.
func readsNothing(t *testing.T, p peer, w *workload) bool {
	t.Helper()
	isGranted := func(w *workload) bool { return answerOf(t, p, w).value(allowOrigin) != "" }
	if !isGranted(w.asking(requestMethod, "PATCH")) {
		return false
	}
	return slices.Contains(w.config.AllowHeaders, "*") || isGranted(w.asking(requestHeaders, "x-unlisted"))
}

// sharing overwrites what a response holds, looks where that turns up, and puts
// it back: some of it is the peer's for the whole process.
func sharing(t *testing.T, p peer, w *workload) (list []string) {
	t.Helper()
	d, ok := driverOf(t, p, w).(*httpDriver)
	if !ok {
		return nil // fasthttp copies
	}
	const mark = "overwritten"
	d.run(1)
	for _, values := range d.writer.header {
		defer copy(values, slices.Clone(values))
		for i := range values {
			values[i] = mark
		}
	}
	isMarked := func(values []string) bool { return slices.Contains(values, mark) }
	if slices.ContainsFunc(slices.Collect(maps.Values(d.request.Header)), isMarked) {
		list = append(list, fromRequest)
	}
	d.request = newRequest(w)
	d.run(1)
	if slices.ContainsFunc(slices.Collect(maps.Values(d.writer.header)), isMarked) {
		list = append(list, shared)
	}
	return list
}

func driverOf(t *testing.T, p peer, w *workload) driver {
	t.Helper()
	d, err := p.mount(w)
	if err != nil {
		t.Fatalf("%s/%s: %v", p.name, w.id, err)
	}
	return d
}

func answerOf(t *testing.T, p peer, w *workload) answer {
	t.Helper()
	d := driverOf(t, p, w)
	d.run(2)
	return d.answer()
}

// value is that of the only line of a field, or "".
func (a answer) value(name string) string {
	for _, f := range a.fields {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// names are the elements of all lines of a field, in lower case.
func (a answer) names(field string) (names []string) {
	for _, f := range a.fields {
		if f.name != field {
			continue
		}
		for name := range strings.SplitSeq(f.value, ",") {
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}
