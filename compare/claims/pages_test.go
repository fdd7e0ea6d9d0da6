package claims

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	gincors "github.com/gin-contrib/cors"
	chicors "github.com/go-chi/cors"
	fibercors "github.com/gofiber/fiber/v2/middleware/cors"
	"github.com/labstack/echo/v4/middleware"
	rscors "github.com/rs/cors"

	concors "github.com/concors/concors/core"
)

// libraries are the pages of libraries written in Go: the module that go.mod
// pins, and the type of its options.
var libraries = map[string]struct {
	module  string
	options any
}{
	"rs-cors":          {"github.com/rs/cors", rscors.Options{}},
	"go-chi-cors":      {"github.com/go-chi/cors", chicors.Options{}},
	"gin-contrib-cors": {"github.com/gin-contrib/cors", gincors.Config{}},
	"echo":             {"github.com/labstack/echo/v4", middleware.CORSConfig{}},
	"fiber":            {"github.com/gofiber/fiber/v2", fibercors.Config{}},
}

// Every page has its claims, and the index has every page.
func TestPages(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(pagesFolder, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	index := readPage(t, "README")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".md")
		if name == "README" {
			continue
		}
		if len(pages[name]) == 0 {
			t.Errorf("%s has no claims", name)
		}
		if !strings.Contains(index, "("+name+".md)") {
			t.Errorf("README.md does not link %s.md", name)
		}
	}
	if len(files) != len(pages)+1 {
		t.Errorf("%d pages and an index, want %d", len(files)-1, len(pages))
	}
}

// Every row that says what will differ names a claim, and every claim is named.
func TestRows(t *testing.T) {
	for name, claims := range pages {
		page := readPage(t, name)
		var known []string
		for _, c := range claims {
			if slices.Contains(known, c.id) {
				t.Errorf("%s: two claims %q", name, c.id)
			}
			known = append(known, c.id)
		}
		for _, row := range rows(section(t, page, "What will differ")) {
			if len(marks(row)) == 0 {
				t.Errorf("%s: a row without a claim: %s", name, row)
			}
		}
		named := marks(page)
		for _, id := range named {
			if !slices.Contains(known, id) {
				t.Errorf("%s: no claim %q", name, id)
			}
		}
		for _, id := range known {
			if !slices.Contains(named, id) {
				t.Errorf("%s: no row names the claim %q", name, id)
			}
		}
	}
}

var optionName = regexp.MustCompile("^\\| `([A-Za-z]+)")

// Every exported field of their options has a row, and no other name has one.
func TestOptions(t *testing.T) {
	for name, library := range libraries {
		var listed []string
		for _, row := range rows(section(t, readPage(t, name), "Their options, and ours")) {
			if m := optionName.FindStringSubmatch(row); m != nil {
				listed = append(listed, m[1])
			} else {
				t.Errorf("%s: a row without an option: %s", name, row)
			}
		}
		var fields []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(library.options)) {
			if f.IsExported() {
				fields = append(fields, f.Name)
			}
		}
		slices.Sort(listed)
		slices.Sort(fields)
		if !slices.Equal(listed, fields) {
			t.Errorf("%s: the rows are\n%q, want\n%q", name, listed, fields)
		}
	}
}

// The pages name the version that go.mod pins, in words and in every link to
// the source.
func TestVersions(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	inLink := regexp.MustCompile(`/blob/(v[0-9][^/]*)/`)
	for name, library := range libraries {
		m := regexp.MustCompile(`(?m)^\t` + regexp.QuoteMeta(library.module) + ` (v\S+)$`).FindSubmatch(mod)
		if m == nil {
			t.Fatalf("go.mod does not require %s", library.module)
		}
		page, version := readPage(t, name), string(m[1])
		if want := "`" + library.module + "` " + version; !strings.Contains(page, want) {
			t.Errorf("%s does not say %s", name, want)
		}
		for _, link := range inLink.FindAllStringSubmatch(page, -1) {
			if link[1] != version {
				t.Errorf("%s links the source of %s, want %s", name, link[1], version)
			}
		}
	}
}

// What the pages print as errors is what the policies above them get.
func TestRefusals(t *testing.T) {
	for _, name := range append(slices.Sorted(maps.Keys(pages)), "README") {
		page := readPage(t, name)
		found := refusals(page)
		if len(found) == 0 || len(found) != strings.Count(page, "<!-- refused -->") {
			t.Errorf("%s: %d refused policies, want one for each of the %d marks", name, len(found), strings.Count(page, "<!-- refused -->"))
		}
		for _, f := range found {
			cfg, err := concors.ParseConfig([]byte(f[0]))
			if err == nil {
				_, err = concors.NewPolicy(cfg)
			}
			if err == nil {
				t.Errorf("%s: this policy is accepted:\n%s", name, f[0])
			} else if got := err.Error() + "\n"; got != f[1] {
				t.Errorf("%s: the error is\n%s\nthe page says\n%s", name, got, f[1])
			}
		}
	}
}
