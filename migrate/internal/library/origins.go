package library

import (
	"strings"

	concors "github.com/concors/concors/core"
)

// mendOrigin changes an entry so far that it means here what it meant, or what
// was clearly meant, and says so. What cannot be mended stays: core refuses it
// with a message that says more.
func mendOrigin(t *translation, entry string) (string, string, bool) {
	var notes []string
	if mended, note := t.spelling(entry); note != "" {
		entry, notes = mended, append(notes, note)
	}
	if strings.Contains(entry, "*") && entry != "*" {
		mended, note, ok := t.wildcard(entry)
		if note != "" {
			notes = append(notes, note)
		}
		return mended, strings.Join(notes, "; "), ok
	}
	if t.questionMark && strings.Contains(entry, "?") {
		notes = append(notes, `cannot stay: "?" is any one character in `+t.Library.Name+`, and has no meaning here; list the origins`)
	}
	return entry, strings.Join(notes, "; "), true
}

func originFault(entry string) *concors.ConfigError {
	return fault(concors.Config{AllowOrigins: []string{entry}}, "allowOrigins")
}

// spelling removes what no origin has, and core names as the fault.
func (t *translation) spelling(entry string) (mended, note string) {
	mended = entry
	var said []string
	for range 3 {
		f := originFault(mended)
		if f == nil {
			break
		}
		if trimmed := strings.TrimRight(mended, "/"); f.Problem == concors.ProblemOriginPath && trimmed != mended {
			mended = trimmed
			if t.slashMatches {
				said = append(said, "without the slash, as "+t.Library.Name+" reads it")
			} else {
				said = append(said, "without the slash, with which "+t.Library.Name+" matched no origin: it is allowed from now on")
			}
		} else if lower := strings.ToLower(mended); f.Problem == concors.ProblemOriginUpperCase && lower != mended {
			mended = lower
			if t.lowerOrigins {
				said = append(said, "in lower case, as "+t.Library.Name+" reads it")
			} else {
				said = append(said, "in lower case, without which "+t.Library.Name+" matched no origin: it is allowed from now on")
			}
		} else {
			break
		}
	}
	if len(said) == 0 {
		return entry, ""
	}
	return mended, "is written " + strings.Join(said, ", ")
}

// wildcard compares what "*" meant with what it means here.
func (t *translation) wildcard(entry string) (mended, note string, ok bool) {
	name := t.Library.Name
	if t.oneStar && strings.Count(entry, "*") > 1 {
		return "", "is left out: " + name + " reads only the first \"*\" as a wildcard, so the entry matched no origin", false
	}
	scheme, rest, found := strings.Cut(entry, "://")
	if ports := scheme + "://*:*"; found && rest == "*" && originFault(ports) == nil {
		return ports, `is written "` + ports + `", since "*" covers ports too in ` + name, true
	}
	if originFault(entry) != nil {
		return entry, `cannot stay: "*" is any text in ` + name + `, so that it may admit hosts of other people; list the origins, write what the refusal offers if that was meant, or use an origin function`, true
	}
	if host, found := strings.CutSuffix(rest, ":*"); found && host != "" {
		return entry, `also allows ` + scheme + "://" + host + ` without a port, which ` + name + ` did not`, true
	}
	return entry, "", true
}
