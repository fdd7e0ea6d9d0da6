// Package csrf feeds net/http.CrossOriginProtection from a CORS policy. CORS
// decides who may read answers; a form on any page still sends a POST, cookies
// and all. The protection refuses that, and with it every page of the policy that
// it is not told of. Copy TrustedOrigins and Guard.
package csrf

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"

	concors "github.com/concors/concors/core"
)

// TrustedOrigins returns the origins of cfg, a Config without faults, that
// may send requests with cookies wherever one CrossOriginProtection stands.
//
//   - Only exact origins: AddTrustedOrigin compares text. It takes
//     "https://*.example.com" without a word, and trusts no page by it.
//   - Only with AllowCredentials: a page that may not send cookies to be read
//     has no need to write with them.
//   - No http origin beyond loopback, whatever DangerouslyAllowInsecureOrigins
//     says: whoever sits in a visitor's network can speak for it.
//   - With Paths, only what the outer policy and every one of Paths name, since
//     the protection knows no paths. A part of the server that other pages write
//     to needs a protection of its own, fed by TrustedOrigins(cfg.Paths[key]).
func TrustedOrigins(cfg concors.Config) []string {
	trusted := slices.DeleteFunc(slices.Clone(cfg.AllowOrigins), func(origin string) bool {
		// Core refuses with credentials what is not safe with them.
		_, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{origin}, AllowCredentials: true})
		return !cfg.AllowCredentials || strings.Contains(origin, "*") || err != nil
	})
	for _, inner := range cfg.Paths {
		named := TrustedOrigins(inner)
		trusted = slices.DeleteFunc(trusted, func(origin string) bool { return !slices.Contains(named, origin) })
	}
	return trusted
}

// A Guard refuses forged requests, by a policy that may be reloaded. It stands
// behind the CORS middleware, which answers preflights and makes the 403
// readable. It is safe for concurrent use.
type Guard struct {
	now atomic.Pointer[http.CrossOriginProtection]
}

// NewGuard returns a Guard that trusts the TrustedOrigins of cfg.
func NewGuard(cfg concors.Config) (*Guard, error) {
	g := new(Guard)
	return g, g.Reload(cfg)
}

// Reload makes a new protection: one that stands can trust more, but never
// less. Call it after the policy has taken cfg; after an error the old
// protection stays.
func (g *Guard) Reload(cfg concors.Config) error {
	protection := http.NewCrossOriginProtection()
	for _, origin := range TrustedOrigins(cfg) {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			return err
		}
	}
	g.now.Store(protection)
	return nil
}

// Check returns an error for a request that another site has forged, or may have.
func (g *Guard) Check(r *http.Request) error { return g.now.Load().Check(r) }

// Handler answers 403 to what Check refuses.
func (g *Guard) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.now.Load().Handler(next).ServeHTTP(w, r)
	})
}
