package browser_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/conformance/browser"
)

var (
	someToken = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
	listLine  = regexp.MustCompile(`^[ \t]*(` + someToken + `)?([ \t]*,[ \t]*(` + someToken + `)?)*[ \t]*$`)
	oneToken  = regexp.MustCompile(someToken)
)

// passes is a slow second opinion on an answer to a preflight: it asks each
// question of the standard by itself, and says only yes or no.
func passes(include bool, method string, names []string, status int, header http.Header) bool {
	var methods, listed []string
	for _, field := range []struct {
		name string
		list *[]string
	}{{"Access-Control-Allow-Methods", &methods}, {"Access-Control-Allow-Headers", &listed}} {
		for _, line := range header[field.name] {
			if !listLine.MatchString(line) {
				return false
			}
			*field.list = append(*field.list, oneToken.FindAllString(line, -1)...)
		}
	}
	origins, credentials := header["Access-Control-Allow-Origin"], header["Access-Control-Allow-Credentials"]
	if len(origins) != 1 || status/100 != 2 {
		return false
	}
	origin := strings.Trim(origins[0], " \t")
	if include {
		if origin != app || len(credentials) != 1 || strings.Trim(credentials[0], " \t") != "true" {
			return false
		}
	} else if origin != app && origin != "*" {
		return false
	}
	star := func(list []string) bool { return !include && slices.Contains(list, "*") }
	if !slices.Contains([]string{"GET", "HEAD", "POST"}, method) && !slices.Contains(methods, method) && !star(methods) {
		return false
	}
	return !slices.ContainsFunc(names, func(name string) bool {
		named := slices.ContainsFunc(listed, func(l string) bool { return asciiLower(l) == asciiLower(name) })
		return !named && (!star(listed) || asciiLower(name) == "authorization")
	})
}

func FuzzCheckPreflight(f *testing.F) {
	f.Add(app, "true", "PUT, DELETE", "X-A, *", "PUT", "x-a,x-b", 204)
	f.Add("*", "", "*", "*, Authorization", "patch", "authorization", 200)
	f.Add(app+"\n"+app, "true\ntrue", "PUT\nGET", "x-a\n\ny b", "GET", "x-a", 299)
	f.Add("", "True", ",,", ", \t,", "HEAD", "", 403)
	f.Add(" "+app+"\t", " true", "P T", "\"x\"", "*", "*", 307)
	f.Fuzz(func(t *testing.T, origin, credentials, methods, headers, method, asked string, status int) {
		header := http.Header{}
		for name, value := range map[string]string{"Origin": origin, "Credentials": credentials, "Methods": methods, "Headers": headers} {
			if value != "" { // LF separates lines, and a lone one is an empty line
				header["Access-Control-Allow-"+name] = strings.Split(strings.TrimPrefix(value, "\n"), "\n")
			}
		}
		var names []string
		if asked != "" {
			names = strings.Split(asked, ",")
		}
		verdict := map[browser.Credentials]*browser.Failure{}
		for _, mode := range []browser.Credentials{"", browser.Omit, browser.SameOrigin, browser.Include} {
			got := browser.CheckPreflight(app, mode, method, names, status, header)
			verdict[mode] = got
			if want := passes(mode == browser.Include, method, names, status, header); (got == nil) != want {
				t.Errorf("CheckPreflight(%q, %q, %q, %d, %q) = %v, but a second opinion is %v", mode, method, names, status, header, got, want)
			}
			if got != nil && (!got.Preflight || got.Error() == "") {
				t.Errorf("%+v", got)
			}
			if check := browser.CheckCORS(app, mode, header); got == nil && check != nil {
				t.Errorf("%q passes the preflight with %q, but not the CORS check: %v", header, mode, check)
			}
			// Neither the order of the elements nor of the names makes a difference.
			reversed := reverse(header)
			backwards := slices.Clone(names)
			slices.Reverse(backwards)
			if again := browser.CheckPreflight(app, mode, method, backwards, status, reversed); (again == nil) != (got == nil) {
				t.Errorf("%v of %q, but %v of %q", got, header, again, reversed)
			}
		}
		if verdict[browser.Include] == nil && verdict[browser.Omit] != nil {
			t.Errorf("%q passes with credentials, and not without: %v", header, verdict[browser.Omit])
		}
	})
}

// reverse turns the lists of an answer round, lines and elements.
func reverse(header http.Header) http.Header {
	reversed := header.Clone()
	for _, name := range []string{"Access-Control-Allow-Methods", "Access-Control-Allow-Headers"} {
		slices.Reverse(reversed[name])
		for i, line := range reversed[name] {
			elements := strings.Split(line, ",")
			slices.Reverse(elements)
			reversed[name][i] = strings.Join(elements, ",")
		}
	}
	return reversed
}
