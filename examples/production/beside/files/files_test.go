package files_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/concors/concors/conformance/adaptertest"
	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/beside/files"
	"github.com/concors/concors/examples/production/internal/routers"
)

// apps serve clip.bin, ten bytes long, below /files/, and font.bin below /assets/.
func apps(t *testing.T, cfg concors.Config) routers.Apps {
	t.Helper()
	gin.SetMode(gin.ReleaseMode)
	dir, assets := t.TempDir(), t.TempDir()
	for _, file := range []string{filepath.Join(dir, "clip.bin"), filepath.Join(assets, "font.bin")} {
		if err := os.WriteFile(file, []byte("0123456789"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	policy := adaptertest.NewPolicy(t, cfg)
	return routers.Apps{
		Stdlib: files.Stdlib(policy, dir, assets), Chi: files.Chi(policy, dir, assets), Gin: files.Gin(policy, dir, assets),
		Echo: files.Echo(policy, dir, assets), Fiber: files.Fiber(policy, dir, assets),
	}
}

// fetch has a script ask for a range; an empty one asks for the whole file.
func fetch(t *testing.T, base, path, byteRange string) *browser.Result {
	t.Helper()
	b, err := browser.Dial(base)
	if err != nil {
		t.Fatal(err)
	}
	f := browser.Fetch{Page: adaptertest.App, URL: path, Header: http.Header{}}
	if byteRange != "" {
		f.Header.Set("Range", byteRange)
	}
	r, err := b.Fetch(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestScriptsReadParts(t *testing.T) {
	apps(t, files.Config(adaptertest.App)).OnEach(t, func(t *testing.T, base string) {
		for _, test := range []struct {
			byteRange    string
			status       int
			contentRange string
			body         string
		}{
			{"", 200, "", "0123456789"},
			{"bytes=2-5", 206, "bytes 2-5/10", "2345"},
			{"bytes=7-", 206, "bytes 7-9/10", "789"},
			{"bytes=50-60", 416, "bytes */10", ""},
		} {
			r := fetch(t, base, "/files/clip.bin", test.byteRange)
			if !r.Allowed() || r.Preflights != 0 || r.Status != test.status {
				t.Errorf("Range %q: %v, want status %d and no preflight", test.byteRange, r, test.status)
				continue
			}
			if r.Status < 300 && string(r.Body) != test.body {
				t.Errorf("Range %q: body %q, want %q", test.byteRange, r.Body, test.body)
			}
			want := test.contentRange
			if r.Status == 416 && strings.HasSuffix(t.Name(), "/fiber") {
				want = "" // fasthttp sends none
			}
			if got := r.Header.Get("Content-Range"); got != want {
				t.Errorf("Range %q: the script reads Content-Range %q, want %q", test.byteRange, got, want)
			}
		}
		if r := fetch(t, base, "/files/none", ""); !r.Allowed() || r.Status != 404 {
			t.Errorf("a file that is not there: %v, want a 404 that the page can read", r)
		}
	})
}

// The last bytes, and two ranges at once, are no safelisted values: a browser
// asks first, and the policy must list Range.
func TestOtherRangesNeedAPreflight(t *testing.T) {
	cfg := files.Config(adaptertest.App)
	listed := cfg.Paths["/files/"]
	listed.AllowHeaders = []string{"Range"}
	withRange := concors.Config{Paths: map[string]concors.Config{"/files/": listed}}
	for _, byteRange := range []string{"bytes=-3", "bytes=0-1,4-5"} {
		apps(t, cfg).OnEach(t, func(t *testing.T, base string) {
			if r := fetch(t, base, "/files/clip.bin", byteRange); r.Allowed() || r.Preflights != 1 {
				t.Errorf("Range %q, not listed: %v, want the preflight refused", byteRange, r)
			}
		})
		apps(t, withRange).OnEach(t, func(t *testing.T, base string) {
			r := fetch(t, base, "/files/clip.bin", byteRange)
			if !r.Allowed() || r.Preflights != 1 {
				t.Errorf("Range %q, listed: %v, want it let through", byteRange, r)
			}
		})
	}
}

// Without ExposeHeaders a script gets its part and can't tell which it is.
func TestContentRangeIsExposed(t *testing.T) {
	apps(t, concors.Config{AllowOrigins: []string{adaptertest.App}}).OnEach(t, func(t *testing.T, base string) {
		r := fetch(t, base, "/files/clip.bin", "bytes=2-5")
		if !r.Allowed() || r.Status != 206 || r.Header.Get("Content-Range") != "" {
			t.Errorf("%v, Content-Range %q; want a 206 without", r, r.Header.Get("Content-Range"))
		}
	})
}

// A browser's cache puts the fields of a 304 in the place of those that it has
// kept, so they must be this page's; and what a page got without Origin, by
// <img> say, must not be taken for an answer to a page with one.
func TestCachesKeepPagesApart(t *testing.T) {
	apps(t, files.Config(adaptertest.App)).OnEach(t, func(t *testing.T, base string) {
		whole := ask(t, base+"/files/clip.bin", "Origin", adaptertest.App)
		fresh := ask(t, base+"/files/clip.bin", "Origin", adaptertest.App, "If-Modified-Since", whole.Header.Get("Last-Modified"))
		adaptertest.WantReadable(t, "304", fresh, http.StatusNotModified)
		for _, res := range []*http.Response{
			ask(t, base+"/files/clip.bin"),
			ask(t, base+"/files/clip.bin", "If-Modified-Since", whole.Header.Get("Last-Modified")),
			ask(t, base+"/files/clip.bin", "Range", "bytes=2-5"),
			ask(t, base+"/files/clip.bin", "Range", "bytes=50-60"),
		} {
			if !adaptertest.Varies(res.Header, "Origin") {
				t.Errorf("status %d without Origin: Vary %q, want Origin", res.StatusCode, res.Header["Vary"])
			}
		}
		for _, res := range []*http.Response{ask(t, base+"/assets/font.bin"), ask(t, base+"/assets/font.bin", "Origin", "https://any.example")} {
			if got := res.Header.Get("Access-Control-Allow-Origin"); got != "*" || adaptertest.Varies(res.Header, "Origin") {
				t.Errorf("assets: Access-Control-Allow-Origin %q, Vary %q; want * and the same for all", got, res.Header["Vary"])
			}
		}
	})
}

// What one page may read must not be everybody's by another path.
func TestFilesAreNoAssets(t *testing.T) {
	apps(t, files.Config(adaptertest.App)).OnEach(t, func(t *testing.T, base string) {
		for path, status := range map[string]int{
			"/files/clip.bin": 200, "/assets/font.bin": 200, "/assets/clip.bin": 404, "/files/font.bin": 404,
		} {
			if res := ask(t, base+path); res.StatusCode != status {
				t.Errorf("%s: status %d, want %d", path, res.StatusCode, status)
			}
		}
	})
}

// ask sends a GET with the fields, name and value in turn.
func ask(t *testing.T, url string, fields ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(fields); i += 2 {
		r.Header.Set(fields[i], fields[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return res
}
