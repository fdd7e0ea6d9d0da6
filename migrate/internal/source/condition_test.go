package source_test

import (
	"strings"
	"testing"
)

// What counts under a condition alone would count always, if the Config took
// its place without a word.
func TestCondition(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"always", "use(cors.New(cors.Options{}))", ""},
		{"in a block", "{ use(cors.New(cors.Options{})) }", ""},
		{"in the question itself", "if use(cors.New(cors.Options{})) { return }", ""},
		{"in an if", "if dev() { use(cors.New(cors.Options{})) }", "if dev()"},
		{"in an else", "if dev() { return } else { use(cors.New(cors.Options{})) }", "the else of if dev()"},
		{"in an else if", "if dev() { return } else if !dev() { use(cors.New(cors.Options{})) }", "if !dev()"},
		{"in a case", "switch { case dev(): use(cors.New(cors.Options{})) }", "case dev()"},
		{"in a default", "switch { default: use(cors.New(cors.Options{})) }", "default"},
		{"the use alone", "o := cors.Options{}; if dev() { use(cors.New(o)) }", "if dev()"},
		{"the value alone", "o := cors.Options{}; if dev() { o = cors.Options{MaxAge: 1} }; use(cors.New(o))", "if dev()"},
		{"without a configuration", "if dev() { use(cors.Default()) }", "if dev()"},
		{"by a variable", "mw := cors.New(cors.Options{}); if dev() { use(mw) }", "if dev()"},
		{"in a function in an if", "if dev() { func() { use(cors.New(cors.Options{})) }() }", "if dev()"},
	} {
		t.Run(c.name, func(t *testing.T) {
			places, _ := read(t, map[string]string{"main.go": `package main

import "github.com/rs/cors"

func dev() bool     { return true }
func use(int) bool  { return true }

func main() {
` + c.body + "\n}\n"})
			var got []string
			for _, p := range places {
				for _, r := range p.Remarks {
					if _, after, found := strings.Cut(r.Text, "only under a condition, "); found {
						condition, _, _ := strings.Cut(after, " at main.go:")
						got = append(got, condition)
					}
				}
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
