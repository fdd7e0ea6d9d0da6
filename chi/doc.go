// Package corschi carries a Concors policy into chi, version 5.
//
// Install it first on the root router. Middleware of an inline Group, or of
// With, never sees a preflight, since no OPTIONS route matches it:
//
//	r := chi.NewRouter()
//	r.Use(corschi.Middleware(policy))
package corschi
