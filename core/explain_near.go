package concors

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/concors/concors/core/internal/field"
	"github.com/concors/concors/core/internal/method"
	"github.com/concors/concors/core/internal/origin"
	"github.com/concors/concors/core/internal/typo"
)

// fewestForTypo is from how many bytes on a name that differs by one of them is
// taken for a slip of the hand.
const fewestForTypo = 4

// nearEntry says which entry of a list of names is nearly the name.
func (e *explainer) nearEntry(name string, list []string, asked string) string {
	if len(list) == 0 {
		return "the list is empty"
	}
	i := slices.IndexFunc(list, func(entry string) bool {
		return len(entry) >= fewestForTypo && typo.IsOneEdit(asked, entry)
	})
	if i < 0 {
		return ""
	}
	return e.named(name, list, i) + " is one letter away"
}

func (e *explainer) judgeMethod(step *Step) {
	list, m := e.part.AllowMethods, e.decision.method
	i := slices.Index(list, m)
	if e.decision.rules.anyMethod {
		i = slices.Index(list, "*")
	}
	if step.Outcome == OutcomePassed {
		if e.entry(step, "allowMethods", list, i); i < 0 {
			step.Note = "GET, HEAD and POST need no entry" // Fetch, CORS-preflight fetch, step 7.5
		}
		return
	}
	e.entry(step, "allowMethods", nil, -1)
	switch lines := e.r.RequestMethod; {
	case len(lines) > 1:
		step.Note = fmt.Sprintf("there are %d lines of Access-Control-Request-Method, the second with %s, and a browser sends one", len(lines), quoted(m))
	case e.decision.reason == methodMalformed && method.IsForbidden(m):
		step.Note = "no page can use CONNECT, TRACE or TRACK"
	case e.decision.reason == methodMalformed:
		step.Note = "it is no method"
	case e.decision.rules.anyMethod:
		step.Note = fmt.Sprintf("it exceeds the %d bytes that are written back", maxReflected)
	default:
		step.Note = e.nearMethod(list, m)
	}
}

func (e *explainer) nearMethod(list []string, m string) string {
	if normal := method.Normalize(m); normal != m {
		return "a browser sends it in upper case, as " + normal + ": no browser asked for this"
	}
	i := slices.IndexFunc(list, func(entry string) bool { return field.EqualFold(entry, m) })
	if i >= 0 {
		return e.named("allowMethods", list, i) + " is in another case: methods are compared with case, and the page must write it as it is listed"
	}
	if len(list) == 0 {
		return "the list is empty: only GET, HEAD and POST pass"
	}
	return e.nearEntry("allowMethods", list, m)
}

func (e *explainer) judgeOrigin(step *Step) {
	lines, list := e.r.Origin, e.part.AllowOrigins
	if len(lines) == 0 {
		step.Outcome, step.Note, e.ended = OutcomeNotReached, "there is no Origin field, so that no browser checks: it is no CORS request", true
		return
	}
	if step.Outcome == OutcomePassed {
		i := e.covering(e.decision.origin)
		if e.decision.rules.anyOrigin {
			i = slices.Index(list, "*")
		}
		if e.entry(step, "allowOrigins", list, i); i < 0 {
			step.Field, step.Note = "", "the origin function said yes"
		}
		return
	}
	e.entry(step, "allowOrigins", nil, -1)
	switch e.decision.reason {
	case severalOrigins:
		step.Note = fmt.Sprintf("there are %d lines of Origin, the second with %s, and a browser sends one", len(lines), quoted(e.decision.origin))
	case originFuncLate:
		step.Note = "the origin function said yes when the context was done already"
	default:
		step.Note = e.whyRefused(e.decision.origin)
	}
}

// covering returns the index of the entry that covers an origin, or -1. One
// that is named is better than one by the way.
func (e *explainer) covering(text string) int {
	list := e.part.AllowOrigins
	o, ok := origin.Parse(text)
	if !ok {
		return slices.Index(list, text) // null
	}
	if i := slices.Index(list, text); i >= 0 {
		return i
	}
	byTheWay := -1
	for i, entry := range list {
		switch origin.Split(entry).Match(o) {
		case origin.Named:
			return i
		case origin.AnyHost:
			if byTheWay < 0 {
				byTheWay = i
			}
		}
	}
	return byTheWay
}

func (e *explainer) whyRefused(text string) string {
	if text == "null" {
		if e.part.AllowCredentials {
			return "null is what sandboxed frames and local files send, and no policy with allowCredentials can list it"
		}
		return "null is what sandboxed frames and local files send: it takes dangerouslyAllowNullOrigin to list it"
	}
	o, ok := origin.Parse(text)
	if !ok {
		return e.whyMalformed(text)
	}
	var notes []string
	if outside := e.coveredOutside(text); outside != "" {
		notes = append(notes, outside)
	} else if near := e.nearOrigin(o); near != "" {
		notes = append(notes, near)
	}
	switch {
	case e.asked != nil:
		notes = append(notes, "the origin function said no")
	case e.hasFunc:
		notes = append(notes, "the origin function was not asked: with allowCredentials it takes dangerouslyAllowInsecureOrigins for an origin of http")
	}
	return strings.Join(notes, "; ")
}

// coveredOutside says which entry of the surrounding policy would cover an
// origin: people expect that a path inherits it.
func (e *explainer) coveredOutside(text string) string {
	if e.prefix == "" {
		return ""
	}
	outside := explainer{part: &e.compiled.config}
	i := outside.covering(text)
	if i < 0 {
		i = slices.Index(outside.part.AllowOrigins, "*")
	}
	if i < 0 {
		return ""
	}
	return outside.named("allowOrigins", outside.part.AllowOrigins, i) + " covers it, but a policy in paths inherits nothing"
}

// misses says in words how an entry is missed, to follow the entry.
var misses = [...]string{
	origin.OtherScheme: "has another scheme",
	origin.OtherPort:   "has another port",
	origin.Apex:        "covers the names below that host, not the host itself",
	origin.Below:       "covers that host alone, and the page is below it",
	origin.Above:       "is below the host of the page",
	origin.OneEdit:     "is one letter away",
	origin.OtherBoth:   "has another scheme and another port",
}

// nearOrigin names the entry that an origin misses by the least.
func (e *explainer) nearOrigin(o origin.Origin) string {
	list := e.part.AllowOrigins
	nearest, at := origin.FarAway, -1
	for i, entry := range list {
		if miss := origin.Split(entry).Miss(o); miss < nearest {
			nearest, at = miss, i
		}
	}
	if at < 0 {
		return ""
	}
	note := e.named("allowOrigins", list, at) + " " + misses[nearest]
	if p := origin.Split(list[at]); nearest == origin.OtherPort && p.Port == 0 {
		note += ": without one it means the default"
	}
	return note
}

// flaws says what is wrong with an origin that no browser sends.
var flaws = map[string]string{
	origin.FaultEmpty:       "it is empty",
	origin.FaultSeveral:     "it holds several origins",
	origin.FaultWhiteSpace:  "it has white space",
	origin.FaultNoScheme:    "it has no scheme",
	origin.FaultNeverScheme: "its scheme never is one of an origin",
	origin.FaultUpperCase:   "it has upper case",
	origin.FaultUserInfo:    "it has a user name",
	origin.FaultPath:        "it has a path or a slash at the end",
	origin.FaultQuery:       "it has a query",
	origin.FaultFragment:    "it has a fragment",
	origin.FaultUnicode:     "its host is not written as A-labels",
	origin.FaultPort:        "its port is none",
	origin.FaultDefaultPort: "it has the default port",
	origin.FaultIP:          "its address is not written as browsers write it",
	origin.FaultHost:        "its host is none",
}

// whyMalformed also says whether the policy covers what was probably meant.
func (e *explainer) whyMalformed(text string) string {
	const lead = "no browser sends this: "
	if len(text) > origin.MaxLen {
		return lead + "it has " + strconv.Itoa(len(text)) + " bytes"
	}
	_, fault := origin.ParsePattern(text)
	if fault == nil {
		return lead + "it is a pattern"
	}
	flaw, ok := flaws[fault.Code]
	if !ok {
		flaw = "it is no origin"
	}
	note := lead + flaw
	meant := origin.Repair(text)
	o, ok := origin.Parse(meant)
	if !ok {
		return note
	}
	if i := e.covering(meant); i >= 0 {
		return note + "; as " + quoted(meant) + " it would pass by " + e.named("allowOrigins", e.part.AllowOrigins, i)
	}
	if near := e.nearOrigin(o); near != "" {
		note += "; " + near
	}
	return note
}
