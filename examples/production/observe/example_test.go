package observe_test

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/prometheus/client_golang/prometheus"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/observe"
	corshttp "github.com/concors/concors/stdlib"
)

// A policy with all observers, the site on one port and the metrics on another.
func Example() {
	registry := prometheus.NewRegistry()
	metrics, err := observe.NewMetrics(registry)
	if err != nil {
		log.Fatal(err)
	}
	refusals := observe.NewLog(slog.New(slog.NewTextHandler(os.Stdout, withoutTime)), 1, 10)
	policy, err := concors.NewPolicy(
		concors.Config{AllowOrigins: []string{"https://app.example.com"}},
		concors.WithObserver(observe.All(metrics.Observe, observe.Span, refusals.Observe, observe.Tell)))
	if err != nil {
		log.Fatal(err)
	}

	listener, err := net.Listen("tcp", "127.0.0.1:0") // in production a port of the cluster's inside
	if err != nil {
		log.Fatal(err)
	}
	admin := observe.Admin(registry)
	go func() {
		if err := admin.Serve(listener); err != http.ErrServerClosed {
			log.Print(err)
		}
	}()
	defer admin.Close()
	defer refusals.Flush(context.Background()) // what the limit kept back is told in the end

	site := corshttp.Middleware(policy)(http.NotFoundHandler())
	site = telling(site) // outside the policy, as the middleware for spans is

	r := httptest.NewRequest("GET", "http://api.example.com/", nil)
	r.Header.Set("Origin", "https://other.example.org")
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	fmt.Println("Cors-Refused:", w.Header().Get("Cors-Refused"))

	// Output:
	// level=WARN msg="CORS request refused" reason=origin-not-allowed detail="\"https://other.example.org\"" kind=actual path="" method="\"GET\"" host="\"api.example.com\"" hint="ask for this page's origin in allowOrigins: scheme, host and port must be the same" suppressed=0
	// Cors-Refused: origin-not-allowed; ask for this page's origin in allowOrigins: scheme, host and port must be the same
}

func telling(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(observe.WithAnswer(r.Context(), w.Header().Set)))
	})
}

// withoutTime makes the output the same each time.
var withoutTime = &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}}
