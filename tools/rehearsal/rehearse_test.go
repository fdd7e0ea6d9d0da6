package main

import (
	"os"
	"strings"
	"testing"

	"github.com/concors/concors/tools/internal/repo/repotest"
)

const modHead = "module example.com/us/%\n\ngo 1.26.0\n"

func mod(name string, lines ...string) string {
	return strings.ReplaceAll(modHead, "%", name) + "\n" + strings.Join(lines, "\n") + "\n"
}

// house has one adapter, whose tests alone import conformance.
var house = map[string]string{
	"core/go.mod":  mod("core"),
	"core/LICENSE": "free\n",
	"core/core.go": `package core

type Config struct{ AllowOrigins []string }
`,
	"conformance/go.mod":  mod("conformance", "require example.com/us/core v0.1.0", "replace example.com/us/core => ../core"),
	"conformance/LICENSE": "free\n",
	"conformance/run.go":  "package conformance\n\nimport core \"example.com/us/core\"\n\nfunc Run(core.Config) {}\n",
	"stdlib/go.mod": mod("stdlib", "require (", "example.com/us/conformance v0.1.0", "example.com/us/core v0.1.0", ")",
		"replace (", "example.com/us/conformance => ../conformance", "example.com/us/core => ../core", ")"),
	"stdlib/LICENSE": "free\n",
	"stdlib/middleware.go": `package corshttp

import (
	"net/http"
	"slices"

	core "example.com/us/core"
)

func Middleware(c core.Config, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Origin")
		if from := r.Header.Get("Origin"); slices.Contains(c.AllowOrigins, from) {
			w.Header().Set("Access-Control-Allow-Origin", from)
			w.Header().Set("Access-Control-Allow-Methods", "PUT")
		}
		if r.Method != http.MethodOptions {
			next.ServeHTTP(w, r)
		}
	})
}
`,
	"stdlib/middleware_test.go": `package corshttp

import (
	"testing"

	"example.com/us/conformance"
	core "example.com/us/core"
)

func TestConformance(t *testing.T) { conformance.Run(core.Config{}) }
`,
	"stdlib/README.md": "# An adapter\n\n```go\n" + `package main

import (
	"fmt"
	"log"
	"net/http"

	core "example.com/us/core"
	corshttp "example.com/us/stdlib"
)

func main() {
	c := core.Config{AllowOrigins: []string{"https://app.example.com"}}
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /items/{id}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "stored") })
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", corshttp.Middleware(c, mux)))
}
` + "```\n",
	"tools/go.mod": mod("tools"),
}

// try rehearses a tree with a module cache and without any network.
func try(t *testing.T, files map[string]string, cache string) (string, error) {
	t.Helper()
	root := repotest.New(t, files)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	var out strings.Builder
	err := rehearse(t.Context(), root, machine{cache: cache, proxy: "off"}, &out)
	left, readErr := os.ReadDir(temporary)
	if readErr != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, readErr)
	}
	if status := repotest.Git(t, root, "status", "--porcelain"); status != "" {
		t.Errorf("the work tree has changed: %s", status)
	}
	return out.String(), err
}

func TestWell(t *testing.T) {
	// What a person has set must not help, nor be in the way.
	t.Setenv("GOPRIVATE", "example.com")
	t.Setenv("GOFLAGS", "-mod=vendor")
	said, err := try(t, repotest.With(house, map[string]string{
		".gitignore":     "*.test\n",
		"core/core.test": strings.Repeat("x", maxFile+1),
	}), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"rehearsal: packed 3 modules as v0.1.0\n", "rehearsal: conformance is well\n", "rehearsal: stdlib is well\n",
		"\n   stdlib ", "  2\n", // core and stdlib
	} {
		if !strings.Contains(said, want) {
			t.Errorf("said\n%s\nwant %q", said, want)
		}
	}
}

// Each of these is found when the modules are packed.
func TestPackedFaults(t *testing.T) {
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a core that is not there": {
			map[string]string{"stdlib/go.mod": strings.Replace(house["stdlib/go.mod"], "core v0.1.0", "core v0.2.0", 1)},
			"stdlib: requires example.com/us/core v0.2.0, others require v0.1.0",
		},
		"a module that nobody publishes": {
			map[string]string{"stdlib/go.mod": house["stdlib/go.mod"] + "\nrequire example.com/us/tools v0.1.0\n"},
			"stdlib: requires example.com/us/tools, which is not released",
		},
		"a replace that hides something": {
			map[string]string{"stdlib/go.mod": house["stdlib/go.mod"] + "\nreplace example.com/other => ../other\n"},
			"stdlib: replaces example.com/other",
		},
		"no license": {
			map[string]string{"stdlib/LICENSE": repotest.Gone},
			"stdlib: has no LICENSE",
		},
		"a large file": {
			map[string]string{"core/core.test": strings.Repeat("x", maxFile+1)},
			"core: core.test has 262145 bytes, more than 262144",
		},
		"a name that cannot be packed": {
			map[string]string{"core/what?.txt": "x"},
			"what?.txt",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := try(t, repotest.With(house, test.files), t.TempDir())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// Each of these is found by whoever gets the adapter.
func TestConsumersFaults(t *testing.T) {
	middleware := house["stdlib/middleware.go"]
	cache := t.TempDir()
	offer(t, cache)
	for name, test := range map[string]struct {
		files map[string]string
		wants []string
	}{
		"what is for tests, in the code": {
			map[string]string{"stdlib/middleware.go": strings.Replace(middleware, "import (", "import (\n_ \"example.com/us/conformance\"", 1)},
			[]string{"go.mod of the program requires example.com/us/conformance, which is for tests"},
		},
		"a module of others in the code, an answer that no page can read, and a folder of which nobody knows": {
			map[string]string{
				"stdlib/middleware.go": strings.NewReplacer(
					"import (", "import (\n_ \"example.com/other/deep\"",
					"(c.AllowOrigins, from)", "(c.AllowOrigins[1:], from)",
				).Replace(middleware),
				"stdlib/go.mod": house["stdlib/go.mod"] + "\nrequire example.com/other v1.0.0\n",
				"mux/go.mod":    mod("mux"),
				"mux/LICENSE":   "free\n",
			},
			[]string{
				"nor core needs it: example.com/other/deep",
				"the binary has example.com/other v1.0.0 h1:",
				"preflight /items/1: want the origin allowed",
				"PUT /items/1: want the origin allowed",
				"mux: the rehearsal does not know what to do with it",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			said, err := try(t, repotest.With(house, test.files), cache)
			for _, want := range test.wants {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q", err, want)
				}
			}
			if strings.Contains(said, "stdlib is well") {
				t.Errorf("said that stdlib is well")
			}
		})
	}
}
