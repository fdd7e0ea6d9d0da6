package source_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/migrate/internal/source"
	"github.com/concors/concors/migrate/internal/testprogram"
)

const stub = `package cors

type Options struct {
	AllowedOrigins []string
	MaxAge         int
	Debug          bool
}

func New(Options) int { return 0 }

func Default() int { return New(Options{}) }
`

// read loads main.go, and other files, beside a small library.
func read(t *testing.T, files map[string]string) ([]*source.Place, []source.Warning) {
	t.Helper()
	testprogram.Alone(t)
	dir := t.TempDir()
	testprogram.Write(t, dir, map[string]string{
		"go.mod":         "module shop.test\n\ngo 1.26.0\n\nrequire github.com/rs/cors v1.0.0\n\nreplace github.com/rs/cors => ./cors\n",
		"cors/go.mod":    "module github.com/rs/cors\n\ngo 1.26.0\n",
		"cors/stub.go":   stub,
		"holder/hold.go": "package holder\n\nvar Origins = []string{\"https://held.example\"}\n\nfunc Change(any) {}\n",
	})
	testprogram.Write(t, dir, files)
	program, warnings, err := source.Load(dir, "", []string{"./..."})
	if err != nil {
		t.Fatal(err)
	}
	return program.Find([]*source.Target{{Path: "github.com/rs/cors", Config: "Options", Mounts: []string{"New"},
		Whole: map[string][]source.Field{"Default": {{Name: "MaxAge", Value: source.Value{Kind: source.Number, Number: 9}}}}}}), warnings
}

// told is a place in one line, remarks without what they quote. A value that is
// known only when the program runs ends with "?".
func told(p *source.Place) string {
	text := fmt.Sprintf("%s:%d", p.Pos.Filename, p.Pos.Line)
	for _, f := range p.Fields {
		text += " " + f.Name + "=" + f.Value.Quote()
		if f.Value.Kind == source.List {
			text += fmt.Sprint(f.Value.Texts())
		}
		if !f.Value.Known() {
			text += "?"
		}
	}
	for _, r := range p.Remarks {
		words := strings.Fields(r.Text)
		text += " (" + strings.TrimSpace(r.Field+" "+strings.Join(words[:min(3, len(words))], " ")) + ")"
	}
	return text
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"fields after the literal", "o := cors.Options{MaxAge: 1}; o.MaxAge = 2; o.Debug = true; cors.New(o)",
			[]string{"main.go:18 MaxAge=2 Debug=true"}},
		{"through a pointer", "o := &cors.Options{}; (*o).MaxAge = 2; o.Debug = true; cors.New(*o)",
			[]string{"main.go:18 MaxAge=2 Debug=true"}},
		{"fields without names", "cors.New(cors.Options{nil, 7, true})",
			[]string{"main.go:18 AllowedOrigins=nil MaxAge=7 Debug=true"}},
		{"a variable of another package", "cors.New(cors.Options{AllowedOrigins: holder.Origins})",
			[]string{`main.go:18 AllowedOrigins=holder.Origins["https://held.example"]`}},
		{"a variable that is changed", "l := []string{\"a\"}; l = l[:0]; cors.New(cors.Options{AllowedOrigins: l})",
			[]string{"main.go:18 AllowedOrigins=l?"}},
		{"an element that is changed", "l := []string{\"a\"}; l[0] = f(); cors.New(cors.Options{AllowedOrigins: l})",
			[]string{"main.go:18 AllowedOrigins=l?"}},
		{"a field that is counted up", "o := cors.Options{MaxAge: 1}; o.MaxAge++; o.MaxAge *= 2; cors.New(o)",
			[]string{"main.go:18 MaxAge=1 (MaxAge it is changed) (MaxAge it is changed)"}},
		{"a field beside an error", "o := cors.Options{}; var err error; o.MaxAge, err = g(); _ = err; cors.New(o)",
			[]string{"main.go:18 (MaxAge it is changed)"}},
		{"a field by its address", "o := cors.Options{}; h(&o.MaxAge); cors.New(o)",
			[]string{"main.go:18 (MaxAge it is changed)"}},
		{"under a condition", "o := cors.Options{}; if f() != \"\" { o.Debug = true }; cors.New(o)",
			[]string{"main.go:18 (Debug changed at main.go:18)"}},
		{"in a loop", "o := cors.Options{}; for _, s := range holder.Origins { o.AllowedOrigins = append(o.AllowedOrigins, s) }; cors.New(o)",
			[]string{"main.go:18 (AllowedOrigins changed at main.go:18)"}},
		{"one list after another", "o := cors.Options{AllowedOrigins: []string{\"a\"}}; o.AllowedOrigins = append(o.AllowedOrigins, f()); cors.New(o)",
			[]string{"main.go:18 AllowedOrigins=[\"a\" f()]?"}},
		{"one value after another", "o := cors.Options{}; o.MaxAge = 1; o = cors.Options{Debug: true}; cors.New(o)",
			[]string{"main.go:18 MaxAge=1 (it is replaced)", "main.go:18 Debug=true"}},
		{"a function as a value", "n := cors.New; n(cors.Options{MaxAge: 1})",
			[]string{"main.go:18 (it is handed)", "main.go:18 MaxAge=1"}},
		{"a function without a configuration as a value", "for _, n := range []func() int{cors.Default} { n() }",
			[]string{"main.go:18 MaxAge=9"}},
		{"embedded", "var e struct{ cors.Options }; e.MaxAge = 1; cors.New(e.Options)",
			[]string{"main.go:18 MaxAge=1 (where e gets)", "main.go:18 (its configuration is)"}},
		{"a change behind a use", "o := cors.Options{MaxAge: 1}; cors.New(o); o.MaxAge = 2; o.Debug = true; cors.New(o)",
			[]string{"main.go:18 MaxAge=1 (MaxAge changed at main.go:18) (Debug changed at main.go:18)"}},
		{"a value that a condition may replace", "o := cors.Options{}; if f() != \"\" { o = cors.Options{Debug: true} }; o.MaxAge = 2; cors.New(o)",
			[]string{"main.go:18 MaxAge=2 (it is replaced)", "main.go:18 Debug=true MaxAge=2 (it counts only)"}},
		{"a pointer handed on", "o := &cors.Options{MaxAge: 1}; holder.Change(o); cors.New(*o)",
			[]string{"main.go:18 MaxAge=1 (its pointer is)"}},
		{"a pointer under a second name", "o := &cors.Options{MaxAge: 1}; p := o; holder.Change(p); cors.New(*o)",
			[]string{"main.go:18 MaxAge=1 (its pointer is)"}},
		{"a pointer that is read", "o := &cors.Options{MaxAge: 1}; holder.Change(o.MaxAge); cors.New(*o)",
			[]string{"main.go:18 MaxAge=1"}},
		{"a file read over what holds it", "var a = struct{ C cors.Options }{C: cors.Options{MaxAge: 1}}; json.Unmarshal(nil, &a); cors.New(a.C)",
			[]string{"main.go:18 MaxAge=1 (what holds it)"}},
		{"what holds it is printed", "a := &struct{ C cors.Options }{C: cors.Options{MaxAge: 1}}; fmt.Println(a); cors.New(a.C)",
			[]string{"main.go:18 MaxAge=1"}},
		{"a string that the linker may set", "cors.New(cors.Options{AllowedOrigins: []string{linked}})",
			[]string{"main.go:18 AllowedOrigins=[]string{linked}[linked]?"}},
		{"a list that another build has otherwise", "cors.New(cors.Options{AllowedOrigins: built, MaxAge: 2 * age})",
			[]string{"main.go:18 AllowedOrigins=built? MaxAge=2 * age?"}},
		{"a copy", "o := cors.Options{MaxAge: 1}; p := o; p.MaxAge = 2; cors.New(p)",
			[]string{"main.go:18 MaxAge=1", "main.go:18 MaxAge=2 (where p gets)", "main.go:18 (its configuration is)"}},
		{"a parameter", "_ = func(o cors.Options) { cors.New(o) }",
			[]string{"main.go:18 (its configuration is)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			places, warnings := read(t, map[string]string{
				"built.go": "//go:build !dev\n\npackage main\n\nvar built = []string{\"a\"}\n\nconst age = 1\n",
				"other.go": "//go:build dev\n\npackage main\n\nvar built = []string{\"b\"}\n\nconst age = 2\n",
				"main.go": `package main

import (
	"encoding/json"
	"fmt"

	"github.com/rs/cors"
	"shop.test/holder"
)

var linked string

func f() string       { return "" }
func g() (int, error) { return 0, nil }
func h(*int)          {}

func main() {
` + c.body + "\n_, _, _ = holder.Origins, json.Valid, fmt.Sprint\n}\n"})
			var got []string
			for _, p := range places {
				got = append(got, told(p))
			}
			if !slices.Equal(got, c.want) || len(warnings) > 0 {
				t.Errorf("got\n%q\nwant\n%q, warnings %v", got, c.want, warnings)
			}
		})
	}
}

// Files of other systems and tags are no less part of a program.
func TestFilesThatAreNotBuilt(t *testing.T) {
	file := "package %s\n\nimport \"github.com/rs/cors\"\n\nvar c = cors.New(cors.Options{MaxAge: %d})\n"
	places, warnings := read(t, map[string]string{
		"main.go":         "package main\n\nfunc main() {}\n",
		"main_plan9.go":   fmt.Sprintf(file, "main", 1),
		"main_test.go":    fmt.Sprintf(file, "main", 2),
		"other_test.go":   fmt.Sprintf(file, "main_test", 3),
		"tagged/only.go":  "//go:build integration\n\n" + fmt.Sprintf(file, "tagged", 4),
		"broken/whole.go": fmt.Sprintf(file, "broken", 5),
		"broken/bad.go":   "package broken\n\nfunc {\n",
	})
	var got []string
	for _, p := range places {
		got = append(got, told(p))
	}
	want := []string{"broken/whole.go:5 MaxAge=5", "main_plan9.go:5 MaxAge=1", "main_test.go:5 MaxAge=2", "other_test.go:5 MaxAge=3", "tagged/only.go:7 MaxAge=4"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(warnings) != 1 || !warnings[0].Lost || !strings.Contains(warnings[0].Text, "shop.test/broken is not read whole") {
		t.Errorf("warnings %v", warnings)
	}
}
