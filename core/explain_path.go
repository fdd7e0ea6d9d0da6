package concors

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/concors/concors/core/internal/path"
	"github.com/concors/concors/core/internal/typo"
)

const noCORS = "no policy applies, nothing is written or deleted, and a browser blocks the page unless the handler sees to it"

func (e *explainer) judgePath(step *Step) {
	key := e.decision.Path()
	switch {
	case e.compiled.paths == nil:
		step.Note = "the policy has no paths"
		return
	case e.decision.rules == ambiguous: // also where no origin makes that a fault
		step.Field, step.Note = "paths", e.whyAmbiguous()
		return
	case key != "":
		step.Field, step.Note = pathField("paths", key), e.nearKey(key)
	default:
		step.Field, step.Note = "paths", "no key covers it"
		if near := e.nearKey(""); near != "" {
			step.Note += ", though " + near
		}
	}
	if !e.decision.rules.passes {
		return
	}
	e.ended = true
	if key != "" {
		step.Value = "{}"
	}
	if step.Note != "" {
		step.Note += "; "
	}
	step.Note += noCORS
}

// keys returns those of Paths, sorted.
func (e *explainer) keys() []string {
	return slices.Sorted(maps.Keys(e.compiled.config.Paths))
}

// nearKey says which longer key than the one that covers the path nearly does.
func (e *explainer) nearKey(covers string) string {
	for _, key := range slices.Backward(e.keys()) {
		if len(key) < len(covers) || strings.HasSuffix(key, "/") {
			continue
		}
		if rest, ok := strings.CutPrefix(e.r.Path, key+"/"); ok && rest != "" {
			return pathField("paths", key) + ` covers that path alone: the key for all below it ends in a slash`
		}
	}
	if covers != "" {
		return ""
	}
	for _, key := range e.keys() {
		bare := strings.TrimSuffix(key, "/")
		// A path that is longer by two is no letter away: clients send endless ones.
		path := e.r.Path[:min(len(e.r.Path), len(bare)+2)]
		if len(bare) >= fewestForTypo && typo.IsOneEdit(front(path, strings.Count(bare, "/")), bare) {
			return pathField("paths", key) + " is one letter away"
		}
	}
	return ""
}

// front returns the first n segments of a path.
func front(p string, n int) string {
	for i := range len(p) {
		if p[i] == '/' {
			if n--; n < 0 {
				return p[:i]
			}
		}
	}
	return p
}

// maxReading bounds what is read of a path to say in words why it is
// ambiguous, in bytes.
const maxReading = 4096

func (e *explainer) whyAmbiguous() string {
	for _, text := range []string{e.r.Path, e.r.RawPath} {
		if text == "" {
			continue
		}
		text = text[:min(len(text), maxReading)]
		if note := e.readings(text); note != "" {
			return note
		}
	}
	return "Path and RawPath, or routers that read them, differ about which key covers it"
}

// readings says how routers read one spelling of a path in different ways.
func (e *explainer) readings(text string) string {
	if !strings.HasPrefix(text, "/") {
		return "it does not begin with a slash"
	}
	if decoded, err := url.PathUnescape(text); err == nil {
		text = decoded
	} else if text == e.r.RawPath {
		return "it has an escape that is none"
	}
	text = strings.ReplaceAll(text, `\`, "/")
	if strings.Contains(text, "//") {
		return "it has an empty segment, which some routers take out"
	}
	for segment := range strings.SplitSeq(text, "/") {
		if segment == "." || segment == ".." {
			return "it has a dot segment, which some routers resolve"
		}
	}
	folded := path.Fold(text)
	for _, key := range slices.Backward(e.keys()) {
		bare := path.Fold(strings.TrimSuffix(key, "/"))
		rest, ok := strings.CutPrefix(folded, bare)
		if ok && (rest == "" || rest == "/" || strings.HasPrefix(rest, "/") && strings.HasSuffix(key, "/")) {
			return "some routers read it as a path of " + pathField("paths", key) +
				", case aside and with escapes undone, and others do not: the key must stand in it as it is written"
		}
	}
	return ""
}
