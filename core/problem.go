package concors

import "strconv"

// Problem is the kind of fault that a [ConfigError] reports: a stable code, so
// that a program can translate the message or react to it.
type Problem string

// Faults of an entry of allowOrigins.
const (
	ProblemNoOrigins           Problem = "no-origins"
	ProblemOriginEmpty         Problem = "origin-empty"
	ProblemOriginSeveral       Problem = "origin-several"
	ProblemOriginWhiteSpace    Problem = "origin-white-space"
	ProblemOriginRegexp        Problem = "origin-regexp"
	ProblemOriginNoScheme      Problem = "origin-no-scheme"
	ProblemOriginScheme        Problem = "origin-scheme"
	ProblemOriginNeverScheme   Problem = "origin-never-scheme"
	ProblemOriginUpperCase     Problem = "origin-upper-case"
	ProblemOriginUserInfo      Problem = "origin-user-info"
	ProblemOriginPath          Problem = "origin-path"
	ProblemOriginQuery         Problem = "origin-query"
	ProblemOriginFragment      Problem = "origin-fragment"
	ProblemOriginUnicode       Problem = "origin-unicode"
	ProblemOriginHost          Problem = "origin-host"
	ProblemOriginIP            Problem = "origin-ip"
	ProblemOriginPort          Problem = "origin-port"
	ProblemOriginDefaultPort   Problem = "origin-default-port"
	ProblemOriginWildcard      Problem = "origin-wildcard"
	ProblemOriginNeverMatches  Problem = "origin-never-matches"
	ProblemPublicSuffix        Problem = "public-suffix"
	ProblemNullOrigin          Problem = "null-origin"
	ProblemNullCredentialed    Problem = "null-with-credentials"
	ProblemAnyCredentialed     Problem = "any-origin-with-credentials"
	ProblemAnyWithFunc         Problem = "any-origin-with-func"
	ProblemInsecureCredentials Problem = "insecure-with-credentials"
)

// Faults of the other fields.
const (
	ProblemWildcardBeside       Problem = "wildcard-beside-others"
	ProblemWildcardCredentialed Problem = "wildcard-with-credentials"
	ProblemDuplicate            Problem = "duplicate"
	ProblemMethodToken          Problem = "method-token"
	ProblemMethodForbidden      Problem = "method-forbidden"
	ProblemMethodCase           Problem = "method-case"
	ProblemHeaderToken          Problem = "header-token"
	ProblemHeaderForbidden      Problem = "header-forbidden"
	ProblemHeaderCORS           Problem = "header-cors"
	ProblemHeaderUnreadable     Problem = "header-unreadable"
	ProblemMaxAge               Problem = "max-age"
	ProblemPreflightStatus      Problem = "preflight-status"
	ProblemPathKey              Problem = "path-key"
	ProblemPathPattern          Problem = "path-pattern"
	ProblemPathCase             Problem = "path-case"
	ProblemPathsNested          Problem = "paths-nested"
)

// Faults of a policy file.
const (
	ProblemSyntax        Problem = "syntax"
	ProblemTrailingData  Problem = "trailing-data"
	ProblemEncoding      Problem = "encoding"
	ProblemByteOrderMark Problem = "byte-order-mark"
	ProblemUnknownKey    Problem = "unknown-key"
	ProblemKeyCase       Problem = "key-case"
	ProblemRepeatedKey   Problem = "repeated-key"
	ProblemNull          Problem = "null"
	ProblemType          Problem = "type"
	ProblemNumber        Problem = "number"
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
