package cost

import (
	"slices"
	"strings"
)

// What a peer leaves out, and Concors has to do.
const (
	noVary      = "leaves out Vary"
	shortVary   = "leaves out a part of Vary"
	notRan      = "answers the request itself: no handler runs"
	unread      = "does not read what the preflight asks for"
	shared      = "gives all responses the same slices, which any handler can overwrite"
	fromRequest = "gives the response slices of the request"
	refuses     = "gives up early, and refuses what the contract allows"
	instead     = "is given the names as a list: it reflects none"
)

// In this order they are the footnotes of the tables, from a on.
var footnotes = []string{noVary, shortVary, notRan, unread, shared, fromRequest, refuses, instead}

var (
	actual     = []string{"actual", "credentials", "exact-10", "exact-100", "exact-10000", "exact-1000000", "wildcards-hit"}
	denied     = []string{"actual-denied", "wildcards-miss", "origin-64k"}
	preflights = []string{"preflight", "reflected"}
	heavy      = []string{"same-64k", "blanks-64k", "lines-1024"}
)

// less is what peers leave out, by workload. A test asks them, and finds these
// and no others.
var less = []struct {
	peer, what string
	workloads  []string
}{
	{"rs/cors", shared, slices.Concat([]string{"not-cors", "preflight-denied"}, actual, denied, preflights, heavy)},
	{"rs/cors", fromRequest, slices.Concat(actual, preflights)},
	{"rs/cors", refuses, heavy},
	{"gin-contrib/cors", noVary, slices.Concat([]string{"not-cors", "preflight-denied"}, denied)},
	{"gin-contrib/cors", notRan, denied},
	{"gin-contrib/cors", unread, slices.Concat(preflights, heavy)},
	{"gin-contrib/cors", shared, slices.Concat(actual, preflights, heavy)},
	{"gin-contrib/cors", instead, []string{"reflected"}},
	{"echo", shortVary, []string{"preflight-denied"}},
	{"echo", unread, slices.Concat(preflights, heavy)},
	{"fiber", unread, slices.Concat(preflights, heavy)},
}

// lacks returns what a peer leaves out in a workload, in the order of footnotes.
func lacks(peer, workload string) (list []string) {
	for _, l := range less {
		if l.peer == peer && slices.Contains(l.workloads, workload) {
			list = append(list, l.what)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return slices.Index(footnotes, a) - slices.Index(footnotes, b) })
	return list
}

// letters are the footnotes of a cell, as " (ae)".
func letters(peer, workload string) string {
	var b strings.Builder
	for _, what := range lacks(peer, workload) {
		b.WriteByte(letter(what))
	}
	if b.Len() == 0 {
		return ""
	}
	return " (" + b.String() + ")"
}

func letter(what string) byte { return 'a' + byte(slices.Index(footnotes, what)) }

// notes explains the letters that stand in the table of a lane, and says which
// peers it has no figures of.
func notes(l lane, results []*Result) (list []string) {
	for _, what := range footnotes {
		if slices.ContainsFunc(results, func(r *Result) bool {
			return slices.ContainsFunc(l.peers, func(p peer) bool { return slices.Contains(lacks(p.name, r.ID), what) })
		}) {
			list = append(list, string(letter(what))+": "+what)
		}
	}
	for _, r := range results {
		for _, absent := range r.Absent {
			list = append(list, r.Name+": "+absent)
		}
	}
	return list
}
