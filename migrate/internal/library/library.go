// Package library knows the CORS libraries that people come from: what each
// field of their configurations means, and what becomes of it in Concors.
package library

import (
	"slices"

	"github.com/concors/concors/migrate/internal/source"
)

// Pages is where the pages about the libraries are.
const Pages = "https://github.com/concors/concors/blob/main/docs/migrate/"

// Adapter is what mounts a policy on a router.
type Adapter struct {
	Import string
	// Mount is the line that mounts it; "policy" is the policy.
	Mount string
}

var (
	stdlibAdapter = Adapter{"github.com/concors/concors/stdlib", "handler := corshttp.Middleware(policy)(mux)"}
	chiAdapter    = Adapter{"github.com/concors/concors/chi", "r.Use(corschi.Middleware(policy))"}
	ginAdapter    = Adapter{"github.com/concors/concors/gin", "r.Use(corsgin.Middleware(policy))"}
	echoAdapter   = Adapter{"github.com/concors/concors/echo", "e.Use(corsecho.Middleware(policy))"}
	fiberAdapter  = Adapter{"github.com/concors/concors/fiber", "app.Use(corsfiber.Middleware(policy))"}
)

// Library is one CORS library.
type Library struct {
	// Name is what messages call it.
	Name string
	// Page is the address of the page about it.
	Page string
	// Always says what differs whatever the configuration is.
	Always []string

	targets  []*source.Target
	adapters map[string]Adapter // by import path
	rules    []rule
	// finish looks at what several fields make together.
	finish func(*translation)
	traits
}

// traits are the habits of a library that several rules ask for.
type traits struct {
	upperMethods bool // methods are changed to upper case
	methodsBind  bool // a request with a method that is not listed gets no answer for the page
	starMethods  bool // "*" in methods is sent to the browser, and no name otherwise
	starReflects bool // "*" in headers admits every requested name
	slashMatches bool // a trailing slash is removed from an origin
	lowerOrigins bool // origins are changed to lower case
	oneStar      bool // of several "*" in an origin only the first is a wildcard
	questionMark bool // "?" in an origin is one character
	funcReplaces bool // an origin function makes the list of origins void
}

// rule is what becomes of one field. It is asked about a field that is not set
// too.
type rule struct {
	field string
	apply func(t *translation, field string, v source.Value)
}

// starAlways is what differs from every library.
const starAlways = "With origins \"*\" every answer allows them, one to a request without Origin too, and Vary does not name Origin."

// unread is a newer version of a library, which is only pointed out.
func unread(path, config string, functions ...string) *source.Target {
	whole := map[string][]source.Field{}
	for _, name := range functions {
		whole[name] = nil
	}
	return &source.Target{
		Path: path, Config: config, Mounts: functions, Whole: whole,
		Unread: "this command does not know " + path + ", so nothing of it was read",
	}
}

// All returns every library, in the order of the documentation.
func All() []*Library {
	return []*Library{rsCORS(), ginCORS(), chiCORS(), echoCORS(), fiberCORS()}
}

// Targets returns what to look for to find configurations of libraries.
func Targets(libraries []*Library) []*source.Target {
	var targets []*source.Target
	for _, library := range libraries {
		targets = append(targets, library.targets...)
	}
	return targets
}

// Owner returns the library that t belongs to.
func Owner(libraries []*Library, t *source.Target) *Library {
	for _, library := range libraries {
		if slices.Contains(library.targets, t) {
			return library
		}
	}
	return nil
}

// Handled returns the fields that l knows, and so has a rule for.
func (l *Library) Handled() []string {
	var fields []string
	for _, r := range l.rules {
		fields = append(fields, r.field)
	}
	return fields
}
