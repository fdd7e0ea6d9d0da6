package demo

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
)

//go:embed page
var files embed.FS

// pageConfig is what the page must know. It reads it from /config.json, so that
// nothing is written into its HTML.
type pageConfig struct {
	API     string `json:"api"`     // base URL of the API
	Origin  string `json:"origin"`  // the page's own origin, which the built-in policy allows
	Router  string `json:"router"`  // the router that answers
	BuiltIn bool   `json:"builtIn"` // the built-in policy is in force, so outcomes are known beforehand
}

func (p *program) pageHandler() http.Handler {
	config := pageConfig{API: baseURL(p.api), Origin: pageOrigin(p.page), Router: p.router, BuiltIn: p.source.file == ""}
	static, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(static))
	mux.HandleFunc("GET /config.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(config)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store") // the next start may serve another API
		mux.ServeHTTP(w, r)
	})
}
