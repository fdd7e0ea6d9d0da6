package concors

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A valueKind is what a value of a policy file has to be.
type valueKind int

const (
	listKind valueKind = iota
	switchKind
	secondsKind
	statusKind
	pathsKind
	policyKind
	stringKind
)

type policyKey struct {
	name string
	kind valueKind
}

// policyKeys holds the keys of a policy in the order of Config.
var policyKeys = []policyKey{
	{"allowOrigins", listKind},
	{"allowMethods", listKind},
	{"allowHeaders", listKind},
	{"exposeHeaders", listKind},
	{"allowCredentials", switchKind},
	{"maxAge", secondsKind},
	{"preflightStatus", statusKind},
	{"paths", pathsKind},
	{"dangerouslyAllowNullOrigin", switchKind},
	{"dangerouslyAllowInsecureOrigins", switchKind},
	{"dangerouslyAllowPublicSuffixes", switchKind},
}

// keyMeant returns the key that name is beyond doubt: letter case and the
// signs that join words in other notations aside.
func keyMeant(name string) (policyKey, bool) {
	folded := foldKey(name)
	i := slices.IndexFunc(policyKeys, func(key policyKey) bool {
		return strings.EqualFold(key.name, folded)
	})
	if i < 0 {
		return policyKey{}, false
	}
	return policyKeys[i], true
}

// foldKey folds allow_origins and Allow-Origins into alloworigins.
func foldKey(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-. ", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// unknownKeyHint offers the key that was probably meant. In a policy for a
// path, paths is none of them.
func unknownKeyHint(name string, inner bool) string {
	folded := foldKey(name)
	switch {
	case strings.Contains(folded, "private"):
		return "remove it: browsers never shipped the private network preflight, so nothing is needed"
	case strings.Contains(folded, "regex"), strings.Contains(folded, "pattern"):
		return `write patterns such as "https://*.example.com" in "allowOrigins"`
	case strings.Contains(folded, "allorigins"), strings.Contains(folded, "anyorigin"):
		return `write "allowOrigins": ["*"]`
	case strings.HasPrefix(folded, "maxage"):
		return `write "maxAge", in seconds`
	case strings.Contains(folded, "status"):
		return `write "preflightStatus"`
	}
	var names []string
	best, least := "", 3
	for _, key := range policyKeys {
		if inner && key.kind == pathsKind {
			continue
		}
		if !strings.HasPrefix(key.name, "dangerously") {
			names = append(names, key.name)
		}
		if d := keyDistance(folded, foldKey(key.name)); d < least {
			best, least = key.name, d
		}
	}
	if best != "" {
		return "write " + strconv.Quote(best)
	}
	last := len(names) - 1
	return "remove it; a policy has " + strings.Join(names[:last], ", ") + " and " + names[last]
}

// keyDistance returns how many letters separate two folded keys, or 3 where
// they are too many for a slip of the pen.
func keyDistance(name, key string) int {
	d := editDistance(name, key)
	if stem := stemKey(key); len(stem) >= 5 {
		d = min(d, editDistance(stemKey(name), stem))
	}
	return d
}

// stemKey takes off what other libraries and the header names of CORS put in
// front of the same word.
func stemKey(folded string) string {
	for _, prefix := range []string{"accesscontrol", "cors", "dangerously", "allowed", "allow", "supports", "with"} {
		folded = strings.TrimPrefix(folded, prefix)
	}
	return folded
}

// editDistance returns the Levenshtein distance of a and b where it is below
// 3, or below 2 for a short b, and 3 where it is not.
func editDistance(a, b string) int {
	const far = 3
	if len(a) > len(b)+2 || len(b) > len(a)+2 {
		return far
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	if d := row[len(b)]; d < 2 || d < far && len(b) > 6 {
		return d
	}
	return far
}

// typeHint says what belongs where the value that begins with token stands.
func typeHint(kind valueKind, field string, token json.Token) string {
	text, isString := token.(string)
	switch kind {
	case listKind:
		if items := splitList(text); isString && len(items) > 0 && len(text) <= maxQuoted {
			return "write [" + strings.Join(items, ", ") + "]"
		}
		return "write a list of strings"
	case switchKind:
		if text == "true" || text == "false" {
			return "write " + text + " without quotes"
		}
		return "write true or false"
	case secondsKind:
		if n, err := strconv.Atoi(text); err == nil && n <= maxMaxAge {
			return "write " + strconv.Itoa(n) + " without quotes"
		}
		if d, err := time.ParseDuration(text); err == nil && d >= 0 && d <= 24*time.Hour {
			return "write " + strconv.Itoa(int(d.Seconds())) + ", in seconds"
		}
		return "write whole seconds, such as 600"
	case statusKind:
		return "write a status of success, such as 204"
	case pathsKind:
		return `write an object that maps paths to policies, such as {"/api/": ` + sampleFile + "}"
	case policyKind:
		if field == "" {
			return "a policy is an object, such as " + sampleFile
		}
		return "write a policy, or {} for no CORS here"
	}
	return "write a string"
}

// splitList quotes the elements of what other libraries take as one string.
func splitList(text string) []string {
	var items []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			quoted, _ := json.Marshal(item) // a string always encodes
			items = append(items, string(quoted))
		}
	}
	return items
}

func nullHint(kind valueKind, field string) string {
	switch {
	case kind == stringKind:
		return "remove it"
	case kind == policyKind:
		return typeHint(kind, field, nil)
	}
	return "remove the key"
}

// numberHint says how to write a number that Go's int cannot hold as written.
func numberHint(kind valueKind, number string) string {
	f, _ := strconv.ParseFloat(number, 64) // beyond the range, an infinity
	whole := f == float64(int64(f))
	switch {
	case kind == statusKind && !(whole && f >= 200 && f <= 299):
		return "write a status of success, such as 204"
	case kind == secondsKind && f > maxMaxAge:
		return "the most is 86400, a day"
	case kind == secondsKind && f < 0:
		return "write -1, so that browsers keep nothing"
	case kind == secondsKind && !whole:
		return "write whole seconds, such as 600"
	}
	return "write " + strconv.FormatInt(int64(f), 10)
}
