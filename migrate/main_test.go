package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/concors/concors/migrate/internal/testprogram"
)

// output runs the command on programs and returns what a person reads.
func output(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	testprogram.Alone(t)
	var out, errs bytes.Buffer
	status = run(args, &out, &errs)
	return out.String(), errs.String(), status
}

// TestPrograms holds the command to what is written beside each program.
func TestPrograms(t *testing.T) {
	statuses := map[string]int{
		"rs": exitOpen, "rsfunc": exitOpen, "gin": exitOpen, "ginstruct": exitOpen,
		"chi": exitOpen, "echo": exitOpen, "fiber": exitOpen, "odd": exitOpen, "plain": exitDone,
	}
	dirs, err := filepath.Glob("testdata/programs/*/want.txt")
	if err != nil || len(dirs) != len(statuses) {
		t.Fatalf("%d programs with a want.txt, %v; want %d", len(dirs), err, len(statuses))
	}
	for _, file := range dirs {
		name := filepath.Base(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, errs, status := output(t, "-C", "testdata/programs", "./"+name)
			if errs != "" {
				t.Errorf("standard error: %s", errs)
			}
			if status != statuses[name] {
				t.Errorf("status %d, want %d", status, statuses[name])
			}
			compareLines(t, got, string(want))
		})
	}
}

func compareLines(t *testing.T, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range gotLines {
		if i >= len(wantLines) || gotLines[i] != wantLines[i] {
			t.Fatalf("line %d:\n got %q\nwant %q\nwhole:\n%s", i+1, gotLines[i], append(wantLines, "")[min(i, len(wantLines))], got)
		}
	}
	t.Fatalf("lines are missing behind line %d: %q", len(gotLines), wantLines[len(gotLines)-1:])
}

// TestReadme holds the README to the command: it shows what is printed about
// the plainest program.
func TestReadme(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	out, _, _ := output(t, "-C", "testdata/programs", "./plain")
	place, _, found := strings.Cut(out, "\n\nDifferent from")
	if !found || !strings.Contains(string(page), "```text\n"+place+"\n```\n") {
		t.Errorf("README.md does not show\n%s", place)
	}
}

func TestJSON(t *testing.T) {
	out, _, status := output(t, "-C", "testdata/programs", "-json", "./plain")
	var places []struct {
		File         string
		Line, Column int
		Policy       map[string]any
		Notes        []any
		Refused      []string
		Open         bool
		Page         string
	}
	if err := json.Unmarshal([]byte(out), &places); err != nil {
		t.Fatal(err)
	}
	if status != exitDone || len(places) != 1 {
		t.Fatalf("status %d, %d places", status, len(places))
	}
	p := places[0]
	if p.File != "plain/main.go" || p.Line != 12 || p.Column != 16 || p.Open || p.Refused == nil || p.Page != "https://github.com/concors/concors/blob/main/docs/migrate/rs-cors.md" {
		t.Errorf("place %+v", p)
	}
	origins, _ := p.Policy["allowOrigins"].([]any)
	if len(origins) != 1 || origins[0] != "https://app.example.com" {
		t.Errorf("policy %v", p.Policy)
	}
}

func TestStatus(t *testing.T) {
	none := t.TempDir()
	testprogram.Write(t, none, map[string]string{"go.mod": "module example.com/none\n\ngo 1.26.0\n", "main.go": "package main\n\nfunc main() {}\n"})
	hand := t.TempDir()
	testprogram.Write(t, hand, map[string]string{"go.mod": "module example.com/hand\n\ngo 1.26.0\n", "main.go": `package main

import "net/http"

func allow(h http.Header) {
	h.Set("Access-Control-Allow-Origin", "*")
	_ = h.Get("Access-Control-Allow-Origin")
	h["Access-Control-Max-Age"] = []string{"60"}
	for name, value := range map[string]string{"Access-Control-Expose-Headers": "ETag"} {
		h.Set(name, value)
	}
	h.Set("Access-Control-Request-Method", "GET")
}

func main() { allow(http.Header{}) }
`})
	broken := t.TempDir()
	testprogram.Write(t, broken, map[string]string{"go.mod": "module example.com/broken\n\ngo 1.26.0\n", "main.go": "package main\n\nfunc {\n"})
	tagged := t.TempDir()
	testprogram.Write(t, tagged, map[string]string{"go.mod": "module example.com/tagged\n\ngo 1.26.0\n", "main.go": "//go:build never\n\npackage main\n\nfunc main() { w.Set(\"Access-Control-Allow-Origin\", \"*\") }\n"})
	wrong := t.TempDir()
	testprogram.Write(t, wrong, map[string]string{"go.mod": "module example.com/wrong\n\ngo 1.26.0\n", "main.go": "package main\n\nfunc main() { var unused int }\n"})
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"help", []string{"-h"}, exitDone, "usage: migrate"},
		{"no file that is built", []string{"-C", tagged}, exitOpen, "main.go:5: Access-Control-Allow-Origin is written by hand"},
		{"a file that does not type-check", []string{"-C", wrong}, exitDone, "main.go:3:19: declared and not used: unused"},
		{"a flag that it does not have", []string{"-write"}, exitUsage, "usage: migrate"},
		{"no configuration", []string{"-C", none}, exitDone, "no configuration of"},
		{"fields written by hand", []string{"-C", hand}, exitOpen, "main.go:6: Access-Control-Allow-Origin is written by hand"},
		{"a field of a map", []string{"-C", hand}, exitOpen, "main.go:8: Access-Control-Max-Age is written by hand"},
		{"a name in a map", []string{"-C", hand}, exitOpen, "main.go:9: Access-Control-Expose-Headers is written by hand"},
		{"where to read of such fields", []string{"-C", hand}, exitOpen, "docs/migrate/README.md#fields-written-by-hand"},
		{"no folder", []string{"-C", filepath.Join(none, "absent")}, exitFailed, "absent"},
		{"a file that does not parse", []string{"-C", broken}, exitFailed, "example.com/broken is not read whole: "},
		{"no package", []string{"-C", none, "./absent"}, exitFailed, "absent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, errs, status := output(t, c.args...)
			if status != c.status || !strings.Contains(errs, c.says) || strings.Contains(errs, "Request-Method") {
				t.Errorf("status %d, want %d; standard error %q, want %q in it", status, c.status, errs, c.says)
			}
		})
	}
}

// A program whose requirements were never downloaded is read all the same.
func TestWithoutDependencies(t *testing.T) {
	dir := t.TempDir()
	testprogram.Write(t, dir, map[string]string{
		"go.mod": "module example.com/alone\n\ngo 1.26.0\n",
		"main.go": `package main

import (
	. "github.com/rs/cors"
	web "github.com/gofiber/fiber/v3/middleware/cors"
	ginwrapper "github.com/rs/cors/wrapper/gin"
)

const origin = "https://app." + "example.com"

var options = Options{AllowedOrigins: []string{origin}}

func main() {
	options.MaxAge = elsewhere.MaxAge
	_ = New(options)
	_ = web.New(web.Config{AllowOrigins: []string{"*"}})
	_ = ginwrapper.New(ginwrapper.Options{AllowedMethods: []string{"PUT"}})
}
`,
	})
	t.Setenv("GOPROXY", "off")
	out, errs, status := output(t, "-C", dir)
	if status != exitOpen || !strings.Contains(errs, "example.com/alone does not type-check, so it is read by syntax and import paths") {
		t.Errorf("status %d, standard error %q", status, errs)
	}
	for _, want := range []string{
		"main.go:11:15: Options, of rs/cors",
		`AllowOrigins: []string{"https://app.example.com"},`,
		"note: MaxAge: changed at main.go:14 under a condition or in another function, which is left out here: options.MaxAge = elsewhere.MaxAge",
		"main.go:16:14: web.Config, of fiber\n\n\tno Config: nothing of this configuration is known here",
		"note: this command does not know github.com/gofiber/fiber/v3/middleware/cors, so nothing of it was read",
		"main.go:17:21: ginwrapper.Options, of rs/cors",
		"mount: r.Use(corsgin.Middleware(policy)) (once, on the root of the router and before authentication; go get github.com/concors/concors/gin)",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
}
