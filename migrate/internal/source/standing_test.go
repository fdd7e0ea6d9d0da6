package source_test

import (
	"strings"
	"testing"
)

// router is enough of a router for programs that type-check.
const router = `package web

type Mux struct{}

func (m *Mux) Use(...any) *Mux                   { return m }
func (m *Mux) Group(...any) *Mux                 { return m }
func (m *Mux) Route(string, func(r *Mux)) *Mux   { return m }
func (m *Mux) With(...any) *Mux                  { return m }
func (m *Mux) PUT(string, ...any)                {}
func (m *Mux) Handle(string, any)                {}
`

// makers is one place behind functions.
const makers = `func middleware() any { return cors.New(cors.Options{}) }

func wrap(any) any {
	mw := middleware()
	return mw
}

func closure() func() any {
	return func() any { return middleware() }
}

type server struct{ mw any }

func (s server) Cors() any { return s.mw }
`

func TestStanding(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"on the root", "m.Use(cors.New(cors.Options{}))", ""},
		{"on the root, with a path", `m.Use("/", cors.New(cors.Options{}))`, ""},
		{"in a call of no router", "serve(cors.New(cors.Options{}))", ""},
		{"on a group", `g := m.Group("/api"); g.Use(cors.New(cors.Options{}))`, `part "/api/"`},
		{"on a group in a group", `g := m.Group("/api").Group("v1"); g.Use(cors.New(cors.Options{}))`, `part "/api/v1/"`},
		{"on a group without a prefix", `m.Group().Use(cors.New(cors.Options{}))`, "part the whole path of that part and a slash"},
		{"on a group with a prefix that is not known", `m.Group(serve(1)).Use(cors.New(cors.Options{}))`, "part the whole path of that part and a slash"},
		{"as an argument of a group", `m.Group("/api", cors.New(cors.Options{}))`, `part "/api/"`},
		{"on a prefix", `m.Use("/api/", cors.New(cors.Options{}))`, `part "/api/"`},
		{"in the function of a part", `m.Route("/api", func(r *web.Mux) { r.Use(cors.New(cors.Options{})) })`, `part "/api/"`},
		{"inline", `m.With(cors.New(cors.Options{}))`, "part the whole path of that part and a slash"},
		{"by a variable", `mw := cors.New(cors.Options{}); m.Group("/api").Use(mw)`, `part "/api/"`},
		{"by a function", `m.Group("/api").Use(middleware())`, `part "/api/"`},
		{"by a function that wraps", `m.Handle("/api/", wrap(1))`, `part "/api/"`},
		{"by a function of a function", `m.Handle("/api/", closure()())`, `part "/api/"`},
		{"by a function as a value", `m.Group("/api").Use(middleware)`, `part "/api/"`},
		{"by a function of a field", `s := server{mw: middleware()}; m.Handle("/api/", s.Cors())`, `part "/api/"`},
		{"by a function, on the root", `m.Use(middleware())`, ""},
		{"without a configuration", `m.Group("/api").Use(cors.Default())`, `part "/api/"`},
		{"on one route", `m.PUT("/items", cors.New(cors.Options{}))`, `route "/items"`},
		{"on one route of a group", `m.Group("/api").PUT("/items", cors.New(cors.Options{}))`, `route "/api/items"`},
		{"on a route with a parameter", `m.PUT("/items/:id", cors.New(cors.Options{}))`, "route the part of its path in front of the first parameter"},
		{"on a pattern of net/http", `m.Handle("PUT /items", cors.New(cors.Options{}))`, `route "/items"`},
		{"on a tree of net/http", `m.Handle("/api/", cors.New(cors.Options{}))`, `part "/api/"`},
		{"on the whole tree of net/http", `m.Handle("/", cors.New(cors.Options{}))`, ""},
	} {
		helpers := ""
		if strings.HasPrefix(c.name, "by a function") {
			helpers = makers
		}
		t.Run(c.name, func(t *testing.T) {
			places, warnings := read(t, map[string]string{"web/web.go": router, "main.go": `package main

import (
	"github.com/rs/cors"
	"shop.test/web"
)

func serve(any) any { return nil }
` + helpers + `

func main() {
	m := &web.Mux{}
	_ = m
` + c.body + "\n}\n"})
			if len(places) != 1 || len(warnings) > 0 {
				t.Fatalf("%d places, warnings %v", len(places), warnings)
			}
			got := ""
			for _, r := range places[0].Remarks {
				_, after, _ := strings.Cut(r.Text, "under ")
				key, _, _ := strings.Cut(after, ". As it")
				got += "part " + key
				if strings.Contains(r.Text, "one route alone") {
					got = strings.Replace(got, "part ", "route ", 1)
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q; %v", got, c.want, places[0].Remarks)
			}
		})
	}
}
