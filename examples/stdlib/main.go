// Command stdlib serves the example API with net/http.
package main

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/internal/demo"
	corshttp "github.com/concors/concors/stdlib"
)

func main() { demo.Main("net/http", serve) }

func serve(policy *concors.Policy) demo.Server {
	mux := http.NewServeMux()
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		mux.HandleFunc(method+" /hello", hello)
	}
	mux.HandleFunc("/error", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the handler failed", http.StatusInternalServerError)
	})
	mux.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) { panic("the handler panicked") })
	mux.HandleFunc("OPTIONS /options", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("own")) })

	// The policy wraps the whole mux: a pattern such as "PUT /hello" never sees
	// a preflight.
	handler := recovered(corshttp.Middleware(policy)(mux))
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	return demo.Server{Serve: server.Serve, Shutdown: server.Shutdown}
}

func hello(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Request-Id", demo.NewRequestID())
	w.Header().Set("ETag", demo.ETag)
	w.Header().Add("Vary", "Accept-Encoding") // added: Set would remove the Origin that caches need
	json.NewEncoder(w).Encode(map[string]string{"message": "hello from net/http"})
}

// recovered answers a panic with 500, which net/http leaves to the application.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				slog.Error("panic", "value", v) // slog quotes what a client may have sent
				http.Error(w, "internal server error", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
