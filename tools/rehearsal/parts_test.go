package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"

	"github.com/concors/concors/tools/internal/repo/repotest"
)

// offer puts a module of others into a module cache, as a download would.
func offer(t *testing.T, cache string) {
	t.Helper()
	source := t.TempDir()
	files := map[string]string{"go.mod": "module example.com/other\n\ngo 1.26.0\n", "deep/deep.go": "package deep\n"}
	repotest.Write(t, source, files)
	folder := "cache/download/example.com/other/@v/v1.0.0"
	repotest.Write(t, cache, map[string]string{folder + ".info": `{"Version":"v1.0.0"}`, folder + ".mod": files["go.mod"]})
	out, err := os.Create(filepath.Join(cache, folder+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	if err := zip.CreateFromDir(out, module.Version{Path: "example.com/other", Version: "v1.0.0"}, source); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// Of our modules nothing counts but what was packed, whatever the cache has.
func TestProxy(t *testing.T) {
	packed, cache := t.TempDir(), t.TempDir()
	repotest.Write(t, packed, map[string]string{"example.com/us/gin/@v/v0.1.0.mod": "packed"})
	repotest.Write(t, filepath.Join(cache, "cache", "download"), map[string]string{
		"example.com/us/gin/@v/v0.1.0.mod":  "old",
		"example.com/us/core/@v/v0.1.0.mod": "old",
		"example.com/useful/@v/v0.1.0.mod":  "other",
	})
	server := httptest.NewServer(handler(&rehearsal{packed: packed, prefix: "example.com/us/"}, cache))
	defer server.Close()
	for path, want := range map[string]string{
		"example.com/us/gin/@v/v0.1.0.mod":  "200 packed",
		"example.com/us/core/@v/v0.1.0.mod": "403 not packed", // 404 sends the go command to the next proxy
		"example.com/us/core/@latest":       "403 not packed",
		"example.com/useful/@v/v0.1.0.mod":  "200 other",
		"example.com/useful/@v/v0.2.0.mod":  "404 404 page not found",
	} {
		recorder := httptest.NewRecorder()
		server.Config.Handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/"+path, nil))
		got := strings.TrimSpace(recorder.Result().Status[:4] + recorder.Body.String())
		if got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func TestSurplus(t *testing.T) {
	with := []string{
		"example.com/us/core", "example.com/us/core/internal/path", "example.com/us/chi", "example.com/us/stdlib",
		"golang.org/x/net/idna", "golang.org/x/text/unicode/norm", "github.com/go-chi/chi/v5",
		"example.com/us/conformance", "example.com/us/corex", "golang.org/x/network", "github.com/gin-gonic/gin",
	}
	got := surplus("example.com/us/", "chi", []string{"stdlib"}, with, []string{"github.com/go-chi/chi/v5"})
	want := []string{"example.com/us/conformance", "example.com/us/corex", "golang.org/x/network", "github.com/gin-gonic/gin"}
	if !slices.Equal(got, want) {
		t.Errorf("surplus %v, want %v", got, want)
	}
	if got := surplus("example.com/us/", "gin", nil, with[3:4], nil); !slices.Equal(got, with[3:4]) {
		t.Errorf("surplus of gin %v, want stdlib", got)
	}
}

func TestReadProgram(t *testing.T) {
	body := func(lines string) string { return "```go\npackage main\n\n" + lines + "```\n" }
	const gin = "x{AllowOrigins: []string{\"https://a.example\", \"https://b.example\"}}\nr.PUT(\"/items/:id/of/:name\", h)\nr.Run(\"127.0.0.1:8080\")\n"
	for name, test := range map[string]struct {
		readme string
		want   question
		err    string
	}{
		"a route of gin":      {readme: body(gin), want: question{origin: "https://a.example", method: "PUT", path: "/items/1/of/1"}},
		"a pattern of a mux":  {readme: body(strings.Replace(gin, `r.PUT("/items/:id/of/:name"`, `m.HandleFunc("DELETE /items/{id}"`, 1)), want: question{origin: "https://a.example", method: "DELETE", path: "/items/1"}},
		"a header, all hosts": {readme: body("x{AllowOrigins: []string{\"https://a.example\"},\nAllowHeaders: []string{\"Authorization\"}}\napp.Get(\"/items\", h)\napp.Listen(\":8080\")\n"), want: question{origin: "https://a.example", method: "GET", path: "/items", field: "authorization"}},
		"a part comes first":  {readme: "```go\nx := 1\n```\n" + body(gin), want: question{origin: "https://a.example", method: "PUT", path: "/items/1/of/1"}},
		"no program":          {readme: "```go\nx := 1\n```\n", err: "no whole program"},
		"no address":          {readme: body(strings.Replace(gin, "127.0.0.1:8080", "127.0.0.1:80", 1)), err: "does not listen"},
		"no route":            {readme: body(strings.Replace(gin, "PUT", "Use", 1)), err: "no route"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readProgram(test.readme)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %q", err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(got.text, ":8080") || strings.Count(got.text, `"`+got.address+`"`) != 1 || !strings.HasPrefix(got.text, "package main\n") {
				t.Errorf("the program is\n%s\nand listens on %s", got.text, got.address)
			}
			got.address = ""
			if got.question != test.want {
				t.Errorf("asks %+v, want %+v", got.question, test.want)
			}
		})
	}
}
