package demo

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"

	"github.com/concors/concors/examples/internal/demo/wire"
)

//go:embed page
var files embed.FS

// pageConfig is what the page must know. It reads it from /config.json, so that
// nothing is written into its HTML.
type pageConfig struct {
	API     string `json:"api"`     // base URL of the API
	Origin  string `json:"origin"`  // the page's own origin, which the built-in policy allows
	Address string `json:"address"` // where the page is another origin
	Router  string `json:"router"`  // the router that answers
	BuiltIn bool   `json:"builtIn"` // the start policy is the built-in one, so outcomes are known beforehand
}

// pageHandler serves the page to everybody, and what shows and changes the
// policy to the page alone.
func (p *program) pageHandler(recorder *wire.Recorder) http.Handler {
	config := pageConfig{
		API: baseURL(p.api), Origin: pageOrigin(p.page), Address: baseURL(p.page),
		Router: p.router, BuiltIn: p.source.file == "",
	}
	static, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(static))
	mux.HandleFunc("GET /config.json", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, config)
	})
	(&control{p.live, p.source.file, recorder, p.log}).register(mux, p.page)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header(), config.API)
		mux.ServeHTTP(w, r)
	})
}

// secure lets the page run its own scripts alone, talk to the API alone, and be
// framed and read by no other.
func secure(header http.Header, api string) {
	header.Set("Cache-Control", "no-store") // the next start may serve another API
	header.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "+
		"connect-src 'self' "+cspSource(api)+"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("X-Content-Type-Options", "nosniff")
}

// cspSource names an address to a Content Security Policy, which has no words for
// IPv6 (CSP, host-source): there the scheme has to do.
func cspSource(base string) string {
	if strings.HasPrefix(base, "http://[") {
		return "http:"
	}
	return base
}
