package adaptertest

import (
	"net/http"
	"slices"

	concors "github.com/concors/concors/core"
)

// stormConfigs differ in every value, so that a mixture of both is neither's.
var stormConfigs = [2]concors.Config{{
	AllowOrigins: []string{"https://*.example.com"}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"X-A"},
	ExposeHeaders: []string{"X-B"}, AllowCredentials: true, MaxAge: 1,
}, {
	AllowOrigins: []string{"https://*.example.com"}, AllowMethods: []string{"DELETE"}, AllowHeaders: []string{"X-C"},
	ExposeHeaders: []string{"X-D"}, AllowCredentials: true, MaxAge: 2,
}}

// A question is a request, with the answers that are right under the one policy
// or the other, with debug mode or without.
type question struct {
	method  string
	fields  http.Header
	answers []answer
}

type answer struct {
	status int
	fields http.Header
}

// stormQuestions are what the page at origin asks.
func stormQuestions(origin string) []question {
	const all = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
	granted := func(status int, fields ...string) answer {
		return answer{status, fieldsOf(append(fields,
			"Access-Control-Allow-Origin", origin, "Access-Control-Allow-Credentials", "true"))}
	}
	list := func(methods, headers, maxAge string) answer {
		return granted(204, "Access-Control-Allow-Methods", methods, "Access-Control-Allow-Headers", headers,
			"Access-Control-Max-Age", maxAge, "Vary", all)
	}
	first, second := list("PUT", "X-A", "1"), list("DELETE", "X-C", "2")
	refused := answer{403, fieldsOf([]string{"Vary", all})}
	// In debug mode a preflight gets what it passed before it failed.
	passedOrigin := granted(204, "Vary", all)
	passedMethod := func(methods string) answer {
		return granted(204, "Access-Control-Allow-Methods", methods, "Vary", all)
	}
	const foreign = "https://page.example.org"
	return []question{
		actual(origin,
			granted(200, "Access-Control-Expose-Headers", "X-B", "Vary", "Origin"),
			granted(200, "Access-Control-Expose-Headers", "X-D", "Vary", "Origin")),
		preflight(origin, "GET", "", first, second),
		preflight(origin, "PUT", "", first, refused, passedOrigin),
		preflight(origin, "DELETE", "", second, refused, passedOrigin),
		preflight(origin, "PATCH", "", refused, passedOrigin),
		preflight(origin, "GET", "x-a", first, refused, passedMethod("DELETE")),
		preflight(origin, "GET", "x-c", second, refused, passedMethod("PUT")),
		actual(foreign, answer{200, fieldsOf([]string{"Vary", "Origin"})}),
		preflight(foreign, "GET", "", refused),
	}
}

func actual(origin string, answers ...answer) question {
	return question{"GET", fieldsOf([]string{"Origin", origin}), answers}
}

// preflight asks for a method and, unless it is empty, for a header.
func preflight(origin, method, header string, answers ...answer) question {
	fields := fieldsOf([]string{"Origin", origin, "Access-Control-Request-Method", method})
	if header != "" {
		fields.Set("Access-Control-Request-Headers", header)
	}
	return question{"OPTIONS", fields, answers}
}

// fieldsOf makes a header of name, value, ...
func fieldsOf(pairs []string) http.Header {
	h := http.Header{}
	for pair := range slices.Chunk(pairs, 2) {
		h.Set(pair[0], pair[1])
	}
	return h
}
