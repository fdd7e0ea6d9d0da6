package concors_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

func TestMethodFaults(t *testing.T) {
	checkFaults(t, faultsOf(t, concors.Config{
		AllowOrigins: []string{app},
		AllowMethods: []string{
			"PUT", "get", "Head", "pOST", "delete", "options", "put", "connect", "TRACE", "Track", "", "PUT,DELETE", "PURGE LINK", " PATCH", "PÜT", "PUT", "patch", "patch",
		},
	}), []fault{
		{"allowMethods[1]", concors.ProblemMethodCase, `"get" never matches: browsers send this method in upper case: write "GET"`},
		{"allowMethods[2]", concors.ProblemMethodCase, `"Head" never matches: browsers send this method in upper case: write "HEAD"`},
		{"allowMethods[3]", concors.ProblemMethodCase, `"pOST" never matches: browsers send this method in upper case: write "POST"`},
		{"allowMethods[4]", concors.ProblemMethodCase, `"delete" never matches: browsers send this method in upper case: write "DELETE"`},
		{"allowMethods[5]", concors.ProblemMethodCase, `"options" never matches: browsers send this method in upper case: write "OPTIONS"`},
		{"allowMethods[6]", concors.ProblemMethodCase, `"put" never matches: browsers send this method in upper case: write "PUT"`},
		{"allowMethods[7]", concors.ProblemMethodForbidden, `"connect" is a method that browsers never send: remove it; no page can use CONNECT, TRACE or TRACK`},
		{"allowMethods[8]", concors.ProblemMethodForbidden, `"TRACE" is a method that browsers never send: remove it; no page can use CONNECT, TRACE or TRACK`},
		{"allowMethods[9]", concors.ProblemMethodForbidden, `"Track" is a method that browsers never send: remove it; no page can use CONNECT, TRACE or TRACK`},
		{"allowMethods[10]", concors.ProblemMethodToken, `"" is not a method: remove the empty entry`},
		{"allowMethods[11]", concors.ProblemMethodToken, `"PUT,DELETE" is not a method: give each name an entry of its own: "PUT", "DELETE"`},
		{"allowMethods[12]", concors.ProblemMethodToken, `"PURGE LINK" is not a method: give each name an entry of its own: "PURGE", "LINK"`},
		{"allowMethods[13]", concors.ProblemMethodToken, `" PATCH" is not a method: write "PATCH"`},
		{"allowMethods[14]", concors.ProblemMethodToken, `"PÜT" is not a method: write letters, digits and hyphens, such as "PUT"`},
		{"allowMethods[15]", concors.ProblemDuplicate, `"PUT" is listed twice: remove it; allowMethods[0] says the same`},
		{"allowMethods[16]", concors.ProblemMethodCase, patchIsAnother},
		{"allowMethods[17]", concors.ProblemMethodCase, patchIsAnother},
	})
	mustPolicy(t, concors.Config{AllowOrigins: []string{app}, AllowMethods: strings.Fields("GET HEAD POST PUT PATCH DELETE OPTIONS patch Patch Report QUERY x!#$%&'+.^_`|~-1 TRACER")})
}

const patchIsAnother = `"patch" never matches: PATCH is another method to browsers, which leave the case of this one as it is: write "PATCH"`

// A page that says patch sends patch, so it may be listed. Beside methods that
// are refused for their lower case it is refused too: PATCH is meant.
func TestPatchBesideLowerCase(t *testing.T) {
	for _, list := range []string{"get put patch delete", "patch put", "patch options PUT"} {
		methods := strings.Fields(list)
		found := 0
		for _, f := range faultsOf(t, concors.Config{AllowOrigins: []string{app}, AllowMethods: methods}) {
			if f.Value == "patch" {
				found++
				checkFaults(t, concors.ConfigErrors{f}, []fault{{"allowMethods[" + strconv.Itoa(slices.Index(methods, "patch")) + "]", concors.ProblemMethodCase, patchIsAnother}})
			}
		}
		if found != 1 {
			t.Errorf("%s: patch is refused %d times, want once", list, found)
		}
	}
	// What is refused for another reason says nothing about patch, nor does a list with both.
	for _, list := range []string{"get patch PATCH", "patch TRACE", "patch trace", "patch a,b", "patch Put"} {
		for _, f := range faultsOf(t, concors.Config{AllowOrigins: []string{app}, AllowMethods: strings.Fields(list)}) {
			if f.Value == "patch" {
				t.Errorf("%s: %v", list, f)
			}
		}
	}
	for _, list := range []string{"patch", "GET PUT patch", "patch PATCH", "patch Patch report"} {
		mustPolicy(t, concors.Config{AllowOrigins: []string{app}, AllowMethods: strings.Fields(list)})
	}
}

const (
	forbidden = ": remove it; the browser sends it by itself where it is needed and never asks for it in a preflight"
	prefixed  = ": remove it, or give a header of your own a name without the prefix Sec- or Proxy-, which browsers keep to themselves"
	protocol  = ": remove it; the browser and Concors write the fields of the CORS protocol by themselves"
)

func TestAllowHeaderFaults(t *testing.T) {
	// Origin stands in popular defaults, so most people who migrate meet it first.
	const origin = ": remove it; the browser sends Origin by itself and never asks for it in a preflight, and allowOrigins says which origins are allowed"
	checkFaults(t, faultsOf(t, concors.Config{
		AllowOrigins: []string{app},
		AllowHeaders: []string{
			"Origin", "Accept", "content-length", "Content-Type", "Cookie", "Host", "Proxy-Authorization", "sec-fetch-mode", "Access-Control-Request-Method",
			"access-control-allow-origin", "", "X-A, X-B", "X-A ", "X-Ä", "CONTENT-TYPE", "ORIGIN",
		},
	}), []fault{
		{"allowHeaders[0]", concors.ProblemHeaderForbidden, `"Origin" is a header that no page can set` + origin},
		{"allowHeaders[2]", concors.ProblemHeaderForbidden, `"content-length" is a header that no page can set` + forbidden},
		{"allowHeaders[4]", concors.ProblemHeaderForbidden, `"Cookie" is a header that no page can set` + forbidden},
		{"allowHeaders[5]", concors.ProblemHeaderForbidden, `"Host" is a header that no page can set` + forbidden},
		{"allowHeaders[6]", concors.ProblemHeaderForbidden, `"Proxy-Authorization" is a header that no page can set` + prefixed},
		{"allowHeaders[7]", concors.ProblemHeaderForbidden, `"sec-fetch-mode" is a header that no page can set` + prefixed},
		{"allowHeaders[8]", concors.ProblemHeaderCORS, `"Access-Control-Request-Method" is not a header that pages set` + protocol},
		{"allowHeaders[9]", concors.ProblemHeaderCORS, `"access-control-allow-origin" is not a header that pages set` + protocol},
		{"allowHeaders[10]", concors.ProblemHeaderToken, `"" is not a header name: remove the empty entry`},
		{"allowHeaders[11]", concors.ProblemHeaderToken, `"X-A, X-B" is not a header name: give each name an entry of its own: "X-A", "X-B"`},
		{"allowHeaders[12]", concors.ProblemHeaderToken, `"X-A " is not a header name: write "X-A"`},
		{"allowHeaders[13]", concors.ProblemHeaderToken, `"X-Ä" is not a header name: write letters, digits and hyphens, such as "Content-Type"`},
		{"allowHeaders[14]", concors.ProblemDuplicate, `"CONTENT-TYPE" is listed twice: remove it; allowHeaders[3] says the same`},
		{"allowHeaders[15]", concors.ProblemHeaderForbidden, `"ORIGIN" is a header that no page can set` + origin},
	})
}

// The names that Fetch sets apart as forbidden request-headers, and some that
// look alike.
func TestForbiddenAllowHeaders(t *testing.T) {
	for _, name := range strings.Fields(`Accept-Charset Accept-Encoding Connection Content-Length Cookie Cookie2 Date DNT Expect Host Keep-Alive
		Origin Referer Set-Cookie TE Trailer Transfer-Encoding Upgrade Via Proxy-X Sec-X`) {
		faults := faultsOf(t, concors.Config{AllowOrigins: []string{app}, AllowHeaders: []string{name}})
		if len(faults) != 1 || faults[0].Problem != concors.ProblemHeaderForbidden {
			t.Errorf("%s gives %s", name, faults)
		}
	}
	mustPolicy(t, concors.Config{AllowOrigins: []string{app}, AllowHeaders: strings.Fields(`Accept Accept-Language Content-Language Content-Type
		Range Authorization User-Agent X-Requested-With X-HTTP-Method-Override Proxy Sec Set-Cookie2 baggage X_A 1`)})
}

func TestExposeHeaderFaults(t *testing.T) {
	const cookie = "is a header that no page can read: remove it; browsers keep cookies from scripts, exposed or not"
	checkFaults(t, faultsOf(t, concors.Config{
		AllowOrigins:  []string{app},
		ExposeHeaders: []string{"Content-Length", "Set-Cookie", "set-cookie2", "", "X A", "ETag", "etag", "Origin"},
	}), []fault{
		{"exposeHeaders[1]", concors.ProblemHeaderUnreadable, `"Set-Cookie" ` + cookie},
		{"exposeHeaders[2]", concors.ProblemHeaderUnreadable, `"set-cookie2" ` + cookie},
		{"exposeHeaders[3]", concors.ProblemHeaderToken, `"" is not a header name: remove the empty entry`},
		{"exposeHeaders[4]", concors.ProblemHeaderToken, `"X A" is not a header name: give each name an entry of its own: "X", "A"`},
		{"exposeHeaders[6]", concors.ProblemDuplicate, `"etag" is listed twice: remove it; exposeHeaders[5] says the same`},
	})
}

// A blank where a well-known name has a hyphen.
func TestHeadersWithBlanks(t *testing.T) {
	apart := func(names string) string { return "give each name an entry of its own: " + names }
	checkFaults(t, faultsOf(t, concors.Config{
		AllowOrigins:  []string{app},
		AllowMethods:  []string{"Content Type"},
		AllowHeaders:  []string{"Content Type", "x requested  with", " X-CSRF Token ", "Content-Type ", "Content Length", "Content, Type", "My Header"},
		ExposeHeaders: []string{"Content Length", "retry\tafter"},
	}), []fault{
		{"allowMethods[0]", concors.ProblemMethodToken, `"Content Type" is not a method: ` + apart(`"Content", "Type"`)},
		{"allowHeaders[0]", concors.ProblemHeaderToken, `"Content Type" is not a header name: write "Content-Type", or ` + apart(`"Content", "Type"`)},
		{"allowHeaders[1]", concors.ProblemHeaderToken, `"x requested  with" is not a header name: write "X-Requested-With", or ` + apart(`"x", "requested", "with"`)},
		{"allowHeaders[2]", concors.ProblemHeaderToken, `" X-CSRF Token " is not a header name: write "X-CSRF-Token", or ` + apart(`"X-CSRF", "Token"`)},
		{"allowHeaders[3]", concors.ProblemHeaderToken, `"Content-Type " is not a header name: write "Content-Type"`},
		{"allowHeaders[4]", concors.ProblemHeaderToken, `"Content Length" is not a header name: ` + apart(`"Content", "Length"`)},
		{"allowHeaders[5]", concors.ProblemHeaderToken, `"Content, Type" is not a header name: ` + apart(`"Content", "Type"`)},
		{"allowHeaders[6]", concors.ProblemHeaderToken, `"My Header" is not a header name: ` + apart(`"My", "Header"`)},
		{"exposeHeaders[0]", concors.ProblemHeaderToken, `"Content Length" is not a header name: write "Content-Length", or ` + apart(`"Content", "Length"`)},
		{"exposeHeaders[1]", concors.ProblemHeaderToken, `"retry\tafter" is not a header name: write "Retry-After", or ` + apart(`"retry", "after"`)},
	})
}

func TestWildcardFaults(t *testing.T) {
	const beside = `"*" stands beside other entries: "*" includes every `
	const instead = `: remove the other entries, or the "*"`
	checkFaults(t, faultsOf(t, concors.Config{
		AllowOrigins:  []string{app, "*"},
		AllowMethods:  []string{"*", "PUT"},
		AllowHeaders:  []string{"*", "Authorization"},
		ExposeHeaders: []string{"X-A", "*"},
	}), []fault{
		{"allowOrigins[1]", concors.ProblemWildcardBeside, beside + "origin" + instead},
		{"allowMethods[0]", concors.ProblemWildcardBeside, beside + "method" + instead},
		{"allowHeaders[0]", concors.ProblemWildcardBeside, beside + "header, Authorization too" + instead},
		{"exposeHeaders[1]", concors.ProblemWildcardBeside, beside + "header" + instead},
	})
	checkFaults(t, faultsOf(t, concors.Config{AllowOrigins: []string{app}, ExposeHeaders: []string{"*"}, AllowCredentials: true}), []fault{
		{"exposeHeaders[0]", concors.ProblemWildcardCredentialed, `"*" is no wildcard with allowCredentials: list the headers; browsers would look for one that is named "*"`},
	})
	mustPolicy(t, concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"*"}, AllowHeaders: []string{"*"}, AllowCredentials: true})
	mustPolicy(t, concors.Config{AllowOrigins: []string{"*"}, AllowMethods: []string{"*"}, AllowHeaders: []string{"*"}, ExposeHeaders: []string{"*"}})
}

func TestDuplicateOrigins(t *testing.T) {
	const once = ` is listed twice: remove it; allowOrigins[`
	checkFaults(t, faultsOf(t, concors.Config{AllowOrigins: []string{
		app, "https://*.example.com", app, "http://localhost:*", "https://*.example.com", "http://localhost:*", "https://*", "https://*", app,
	}}), []fault{
		{"allowOrigins[2]", concors.ProblemDuplicate, `"` + app + `"` + once + `0] says the same`},
		{"allowOrigins[4]", concors.ProblemDuplicate, `"https://*.example.com"` + once + `1] says the same`},
		{"allowOrigins[5]", concors.ProblemDuplicate, `"http://localhost:*"` + once + `3] says the same`},
		{"allowOrigins[7]", concors.ProblemDuplicate, `"https://*"` + once + `6] says the same`},
		{"allowOrigins[8]", concors.ProblemDuplicate, `"` + app + `"` + once + `0] says the same`},
	})
	// What a wider entry covers too is no duplicate.
	mustPolicy(t, concors.Config{AllowOrigins: []string{"https://*", "https://*:*", "https://*:8443", "https://*.example.com", "https://*.example.com:*", app, app + ":8443", "https://app.example.com:*"}})
}

func TestNumberFaults(t *testing.T) {
	for status, text := range map[int]string{math.MinInt: strconv.Itoa(math.MinInt), -1: "-1", 1: "1", 100: "100", 199: "199", 300: "300", 404: "404", 1000: "1000"} {
		checkFaults(t, faultsOf(t, concors.Config{AllowOrigins: []string{app}, PreflightStatus: status}), []fault{
			{"preflightStatus", concors.ProblemPreflightStatus, `"` + text + `" is not a status of success: browsers take 200 to 299: leave it out for 204`},
		})
	}
	checkFaults(t, faultsOf(t, concors.Config{AllowOrigins: []string{app}, MaxAge: 86401}), []fault{
		{"maxAge", concors.ProblemMaxAge, `"86401" is more than a day: no browser keeps a preflight longer than 86400 seconds: write 86400 or less`},
	})
	for nanoseconds, hint := range map[int]string{
		43_200_000_000_000: "it looks like a time.Duration: write seconds, 43200",
		1_000_000_000:      "it looks like a time.Duration: write seconds, 1",
		86_400_000_000_000: "it looks like a time.Duration: write seconds, 86400",
		86_401_000_000_000: "no browser keeps a preflight longer than 86400 seconds: write 86400 or less",
		43_200_000_000_001: "no browser keeps a preflight longer than 86400 seconds: write 86400 or less",
		43_200_000:         "no browser keeps a preflight longer than 86400 seconds: write 86400 or less",
	} {
		checkFaults(t, faultsOf(t, concors.Config{AllowOrigins: []string{app}, MaxAge: nanoseconds}), []fault{
			{"maxAge", concors.ProblemMaxAge, `"` + strconv.Itoa(nanoseconds) + `" is more than a day: ` + hint},
		})
	}
	for _, cfg := range []concors.Config{{MaxAge: 86400, PreflightStatus: 200}, {MaxAge: math.MinInt, PreflightStatus: 299}, {MaxAge: 1, PreflightStatus: 204}} {
		cfg.AllowOrigins = []string{app}
		mustPolicy(t, cfg)
	}
}
