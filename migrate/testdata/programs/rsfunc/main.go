// Origins that only the running program knows, and functions that decide.
package main

import (
	"log"
	"net/http"
	"os"
	"strings"

	rscors "github.com/rs/cors"
)

type server struct {
	cors *rscors.Options
}

func main() {
	origins := strings.Split(os.Getenv("ORIGINS"), ",")
	fromEnv := rscors.New(rscors.Options{
		AllowedOrigins:   origins,
		AllowedHeaders:   []string{"*", "Authorization"},
		AllowedMethods:   []string{"*"},
		AllowCredentials: true,
		Logger:           log.Default(),
	})
	byName := rscors.New(rscors.Options{AllowedOrigins: []string{"https://ignored.example"}, AllowOriginFunc: isOurs})
	byLiteral := rscors.New(rscors.Options{AllowOriginFunc: func(origin string) bool {
		return strings.HasSuffix(origin, ".example.com")
	}})
	byRequest := rscors.New(rscors.Options{
		AllowOriginFunc: isOurs,
		AllowOriginVaryRequestFunc: func(r *http.Request, origin string) (bool, []string) {
			return r.Header.Get("X-Tenant") == "a", []string{"X-Tenant"}
		},
	})
	everyone := rscors.New(rscors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true})

	s := server{cors: &rscors.Options{}}
	s.cors.AllowedOrigins = append(s.cors.AllowedOrigins, "https://app.example.com", os.Getenv("EXTRA_ORIGIN"))
	s.cors.MaxAge = maxAge()
	fromField := rscors.New(*s.cors)

	var handler http.Handler = http.NotFoundHandler()
	for _, c := range []*rscors.Cors{fromEnv, byName, byLiteral, byRequest, everyone, fromField, rscors.New(made())} {
		handler = c.Handler(handler)
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", handler))
}

func isOurs(origin string) bool { return origin == "https://app.example.com" }

func maxAge() int { return 600 }

func made() rscors.Options {
	return rscors.Options{
		AllowedOrigins: []string{"https://made.example", "*.example.com", "https://pr-*.example.com", "http://*.a.example:*"},
	}
}
