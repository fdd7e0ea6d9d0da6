package explain

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	concors "github.com/concors/concors/core"
)

const (
	maxQuery = 16 << 10
	patience = 10 * time.Second // for an origin function that looks somewhere else
)

// Handler answers GET /explain?origin=…&method=…&path=…&headers=…&preflight=…
// with the text of an explanation, for an admin port on loopback. To find what
// is nearly right it goes through the whole list, which takes from a tenth of a
// second to a second of CPU at a million origins: therefore it explains one
// request at a time, and none that a page in the operator's browser asks for.
func Handler(policy *concors.Policy) http.Handler {
	turn := make(chan struct{}, 1)
	return Local(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		if len(r.URL.RawQuery) > maxQuery {
			http.Error(w, fmt.Sprintf("the query exceeds %d bytes", maxQuery), http.StatusRequestURITooLong)
			return
		}
		asked, err := parse(r.URL.RawQuery)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
		case <-ctx.Done():
			http.Error(w, "others are asking", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(w, policy.Explain(ctx, asked).String())
	}))
}

// Local refuses what a page makes the operator's browser ask. All of an admin
// port needs it: that a port is on loopback keeps no page on that machine out.
func Local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLocal(r) {
			http.Error(w, "ask by address or as localhost, not from a page", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isLocal tells a person with curl or an address bar from a page: a page of
// another site says so in Sec-Fetch-Site, and one that had its own name point
// to this port (DNS rebinding) has that name in Host.
func isLocal(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "none" && site != "same-origin" {
		return false
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]")) // brackets are left where no port is
	return err == nil || host == "localhost"
}

// Admin returns a server of /explain. Let it listen on 127.0.0.1 only: it tells
// parts of the policy, and asks the origin function whatever it is asked.
func Admin(policy *concors.Policy) *http.Server {
	mux := http.NewServeMux()
	mux.Handle("GET /explain", Handler(policy))
	return &http.Server{
		Handler: mux, MaxHeaderBytes: 2 * maxQuery,
		ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 3 * patience, IdleTimeout: time.Minute,
	}
}
