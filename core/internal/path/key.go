package path

import (
	"fmt"
	"strconv"
	"strings"
)

// Fault says why a text is no key.
type Fault struct {
	Code string // one of the constants below
	Hint string // what to do about it
}

// Kinds of faults.
const (
	FaultKey     = "path-key"
	FaultPattern = "path-pattern"
)

// CheckKey says what is wrong with key, or returns nil. Keys are literal:
// segments of letters, digits and -._~ between slashes.
func CheckKey(key string) *Fault {
	if fault := checkURL(key); fault != nil {
		return fault
	}
	if fault := checkPattern(key); fault != nil {
		return fault
	}
	if tail := strings.IndexAny(key, "?#"); tail >= 0 {
		return &Fault{FaultKey, "remove " + strconv.Quote(key[tail:])}
	}
	if !strings.HasPrefix(key, "/") {
		return &Fault{FaultKey, "a path begins with a slash" + orWrite("/"+key)}
	}
	if key == "/" {
		return nil
	}
	for segment := range strings.SplitSeq(strings.TrimSuffix(key[1:], "/"), "/") {
		switch {
		case segment == "":
			return &Fault{FaultKey, "a segment is empty: there is a slash too many"}
		case segment == "." || segment == "..":
			return &Fault{FaultKey, fmt.Sprintf("remove the segment %q: browsers resolve it before they send a path", segment)}
		}
		if i := strings.IndexFunc(segment, isForeign); i >= 0 {
			return &Fault{FaultKey, fmt.Sprintf("the segment %q has more than letters, digits and -._~, "+
				"which routers read in different ways: write the key of the part above it", segment)}
		}
	}
	return nil
}

// orWrite offers a key, and its subtree first, which people mostly mean.
func orWrite(key string) string {
	if CheckKey(key) != nil {
		return ""
	}
	if strings.HasSuffix(key, "/") {
		return ": write " + strconv.Quote(key)
	}
	return fmt.Sprintf(": write %q, which covers all below it, or %q for that path alone", key+"/", key)
}

// checkURL offers the path of a URL; what else is wrong with it is said of that.
func checkURL(key string) *Fault {
	scheme, rest, ok := strings.Cut(key, "://")
	if !ok || scheme == "" || strings.ContainsAny(scheme, "/?#") {
		return nil
	}
	fault := Fault{FaultKey, "keys are paths, without scheme and host"}
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		rest = rest[i:]
	} else {
		rest = "/"
	}
	if inner := checkPattern(rest); inner != nil {
		fault.Hint += "; " + inner.Hint
	} else {
		fault.Hint += orWrite(rest)
	}
	if checkPattern(key) != nil {
		fault.Code = FaultPattern
	}
	return &fault
}

// checkPattern offers the subtree above the first wildcard or parameter, or the
// one that is named if stars alone end the key: /api/v3* is all of /api/v3/.
func checkPattern(key string) *Fault {
	start := 0
	for segment := range strings.SplitSeq(key, "/") {
		if strings.ContainsAny(segment, "*{}") || strings.HasPrefix(segment, ":") {
			hint := fmt.Sprintf("it has the wildcard or parameter %q", segment)
			above := "/" + strings.TrimPrefix(key[:start], "/")
			name := strings.TrimRight(segment, "*")
			if name != "" && name != segment && start+len(segment) == len(key) && CheckKey(above+name) == nil {
				above += name + "/"
			}
			if CheckKey(above) == nil {
				hint += fmt.Sprintf(": write %q, which covers all below it", above)
			}
			return &Fault{FaultPattern, hint}
		}
		start += len(segment) + 1
	}
	return nil
}

func isForeign(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-._~", r))
}

// Fold returns key as all readers see it who do not tell cases apart.
func Fold(key string) string {
	return strings.ToLower(key)
}
