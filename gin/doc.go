// Package corsgin carries a Concors policy into gin.
//
// Install it on the engine, before the routes. Middleware of a group never sees
// a preflight, since gin runs it for registered methods only:
//
//	r := gin.New()
//	r.Use(gin.Logger(), gin.Recovery(), corsgin.Middleware(policy))
package corsgin
