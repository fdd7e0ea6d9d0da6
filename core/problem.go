package concors

import "strconv"

// Problem is the kind of fault that a [ConfigError] reports: a stable code, so
// that a program can translate the message or react to it.
type Problem string

// Faults of an entry of allowOrigins.
const (
	ProblemNoOrigins           Problem = "no-origins"                  // nothing is allowed, and no origin function decides
	ProblemOriginEmpty         Problem = "origin-empty"                // an empty entry
	ProblemOriginSeveral       Problem = "origin-several"              // several origins in one entry
	ProblemOriginWhiteSpace    Problem = "origin-white-space"          // white space or a control character
	ProblemOriginRegexp        Problem = "origin-regexp"               // a regular expression or a placeholder
	ProblemOriginNoScheme      Problem = "origin-no-scheme"            // no scheme in front, or no "://" behind it
	ProblemOriginScheme        Problem = "origin-scheme"               // letters that no scheme has
	ProblemOriginNeverScheme   Problem = "origin-never-scheme"         // a scheme whose pages have no origin of it, such as file or ws
	ProblemOriginUpperCase     Problem = "origin-upper-case"           // upper case, which browsers never send
	ProblemOriginUserInfo      Problem = "origin-user-info"            // a user name or password
	ProblemOriginPath          Problem = "origin-path"                 // a path, were it a slash alone
	ProblemOriginQuery         Problem = "origin-query"                // a query
	ProblemOriginFragment      Problem = "origin-fragment"             // a fragment
	ProblemOriginUnicode       Problem = "origin-unicode"              // a host that is not in A-labels
	ProblemOriginHost          Problem = "origin-host"                 // no host, or labels that no host has
	ProblemOriginIP            Problem = "origin-ip"                   // an IP address that browsers write in another way
	ProblemOriginPort          Problem = "origin-port"                 // no number from 1 to 65535
	ProblemOriginDefaultPort   Problem = "origin-default-port"         // the default port, which browsers leave out
	ProblemOriginWildcard      Problem = "origin-wildcard"             // "*" where it has no meaning
	ProblemOriginNeverMatches  Problem = "origin-never-matches"        // too long for any origin to match
	ProblemPublicSuffix        Problem = "public-suffix"               // subdomains of a public suffix
	ProblemNullOrigin          Problem = "null-origin"                 // "null" without its switch
	ProblemNullCredentialed    Problem = "null-with-credentials"       // "null" with credentials
	ProblemAnyCredentialed     Problem = "any-origin-with-credentials" // every origin, or every host of a scheme, with credentials
	ProblemAnyWithFunc         Problem = "any-origin-with-func"        // "*" beside an origin function
	ProblemInsecureCredentials Problem = "insecure-with-credentials"   // http beyond loopback with credentials
)

// Faults of the other fields.
const (
	ProblemWildcardBeside       Problem = "wildcard-beside-others"    // "*" beside other entries
	ProblemWildcardCredentialed Problem = "wildcard-with-credentials" // exposeHeaders "*" with credentials
	ProblemDuplicate            Problem = "duplicate"                 // an entry that stands earlier in the list
	ProblemMethodToken          Problem = "method-token"              // no token
	ProblemMethodForbidden      Problem = "method-forbidden"          // CONNECT, TRACE or TRACK
	ProblemMethodCase           Problem = "method-case"               // a method that browsers send in upper case
	ProblemHeaderToken          Problem = "header-token"              // no token
	ProblemHeaderForbidden      Problem = "header-forbidden"          // a request header that no page can set
	ProblemHeaderCORS           Problem = "header-cors"               // a field of the CORS protocol
	ProblemHeaderUnreadable     Problem = "header-unreadable"         // a response header that no page can read
	ProblemMaxAge               Problem = "max-age"                   // above 86400 seconds
	ProblemPreflightStatus      Problem = "preflight-status"          // not 200 to 299
	ProblemPathKey              Problem = "path-key"                  // no literal path
	ProblemPathPattern          Problem = "path-pattern"              // a wildcard or a parameter in a path
	ProblemPathCase             Problem = "path-case"                 // a key that another one meets in another case
	ProblemPathsNested          Problem = "paths-nested"              // paths inside paths
)

// Faults of a policy file.
const (
	ProblemSyntax        Problem = "syntax"          // no JSON
	ProblemTrailingData  Problem = "trailing-data"   // something behind the policy
	ProblemEncoding      Problem = "encoding"        // no Unicode
	ProblemByteOrderMark Problem = "byte-order-mark" // a byte-order mark in front
	ProblemUnknownKey    Problem = "unknown-key"     // a key that no policy has
	ProblemKeyCase       Problem = "key-case"        // a key in another case
	ProblemRepeatedKey   Problem = "repeated-key"    // a key for the second time
	ProblemNull          Problem = "null"            // null
	ProblemType          Problem = "type"            // a value of another type
	ProblemNumber        Problem = "number"          // a number with a fraction, an exponent, or beyond an int
)

// sentences says what is wrong, to follow the quoted value. Problems that are
// not listed here concern an origin's spelling.
var sentences = map[Problem]string{
	ProblemNoOrigins:            "no origin is allowed",
	ProblemPublicSuffix:         "admits names that may belong to anybody",
	ProblemNullOrigin:           "is the origin of sandboxed frames, which any site can make",
	ProblemNullCredentialed:     "cannot be allowed with allowCredentials",
	ProblemAnyCredentialed:      "cannot be allowed with allowCredentials",
	ProblemAnyWithFunc:          "leaves the origin function nothing to decide",
	ProblemInsecureCredentials:  "is not safe with allowCredentials",
	ProblemWildcardBeside:       "stands beside other entries",
	ProblemWildcardCredentialed: "is no wildcard with allowCredentials",
	ProblemDuplicate:            "is listed twice",
	ProblemMethodToken:          "is not a method",
	ProblemMethodForbidden:      "is a method that browsers never send",
	ProblemMethodCase:           "never matches",
	ProblemHeaderToken:          "is not a header name",
	ProblemHeaderForbidden:      "is a header that no page can set",
	ProblemHeaderCORS:           "is not a header that pages set",
	ProblemHeaderUnreadable:     "is a header that no page can read",
	ProblemMaxAge:               "is more than a day",
	ProblemPreflightStatus:      "is not a status of success",
	ProblemPathKey:              "is not a path",
	ProblemPathPattern:          "is not a literal path",
	ProblemPathCase:             "differs from another key in case only",
	ProblemPathsNested:          "paths cannot hold paths",
	ProblemSyntax:               "not JSON",
	ProblemTrailingData:         "data follows the policy",
	ProblemEncoding:             "is not valid Unicode",
	ProblemByteOrderMark:        "the file begins with a byte-order mark",
	ProblemUnknownKey:           "is not a key of a policy",
	ProblemKeyCase:              "is a key in another case",
	ProblemRepeatedKey:          "is given twice",
	ProblemNull:                 "null means nothing here",
	ProblemType:                 "the type is wrong",
	ProblemNumber:               "is not a number that this field takes",
}

func (p Problem) sentence() string {
	if s, ok := sentences[p]; ok {
		return s
	}
	return "is not an origin"
}

// subject is the value, cut and quoted, before a sentence that needs it.
func (p Problem) subject(value string) string {
	shown := cut(value, maxQuoted)
	switch p {
	case ProblemNoOrigins, ProblemPathsNested, ProblemSyntax, ProblemTrailingData,
		ProblemByteOrderMark, ProblemNull, ProblemType:
		return ""
	}
	if shown = strconv.Quote(shown); len(value) > maxQuoted {
		shown += "…"
	}
	return shown + " "
}
