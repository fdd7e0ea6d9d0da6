// Package corsecho carries a Concors policy into Echo, version 4.
//
// Install it on the Echo instance. Middleware of a single route never sees a
// preflight, and middleware of a group changes how the group answers 405:
//
//	e := echo.New()
//	e.Use(middleware.RequestLogger(), middleware.Recover(), corsecho.Middleware(policy))
package corsecho
