package edge_test

import (
	"fmt"
	"strings"
	"testing"

	concors "github.com/concors/concors/core"
)

var star = []string{"*"}

// policies are of every kind that a target has rules about, valid for core.
func policies() map[string]concors.Config {
	app := concors.Config{AllowOrigins: []string{"https://app.example.com"}}
	long := concors.Config{}
	for i := range 100 {
		long.AllowOrigins = append(long.AllowOrigins, fmt.Sprintf("https://s%d.example.com:%d", i, 1000+i))
		long.AllowHeaders = append(long.AllowHeaders, fmt.Sprintf("X-%d", i))
		long.ExposeHeaders = append(long.ExposeHeaders, fmt.Sprintf("Y-%d", i))
	}
	paths := concors.Config{Paths: map[string]concors.Config{"/none/": {}, "/A-z.0_9~/": app, "/a": {}, "/a/b/c/": {AllowOrigins: star}}}
	many := concors.Config{AllowOrigins: star, Paths: map[string]concors.Config{}}
	for i := range 100 {
		many.Paths[fmt.Sprintf("/p%d/", i)] = app
	}
	return map[string]concors.Config{
		"plain": app,
		"stars": {AllowOrigins: star, AllowMethods: star, AllowHeaders: star, ExposeHeaders: star, MaxAge: 86400},
		"stars with credentials": {
			AllowOrigins: app.AllowOrigins, AllowMethods: star, AllowHeaders: star, AllowCredentials: true, MaxAge: -1,
		},
		"every kind of origin": {
			AllowOrigins: []string{
				"null", "https://*.example.com", "https://*.example.com:8443", "https://*.example.com:*", "https://*", "http://*:8080",
				"https://*:*", "http://localhost:*", "http://127.0.0.1:3000", "http://[::1]:3000", "capacitor://localhost", "a://*.b.example",
				"https://x_y.example.com", "https://*." + strings.Repeat("a.", 100) + "example.com",
			},
			DangerouslyAllowNullOrigin: true, PreflightStatus: 200,
		},
		"every kind of name": {
			AllowOrigins: star, AllowMethods: []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "patch", "M-SEARCH"},
			AllowHeaders: []string{"!#$%&'*+-.^_`|~", strings.Repeat("x", 257)}, ExposeHeaders: []string{"a", strings.Repeat("x", 256)},
		},
		"nothing left": {AllowOrigins: []string{"http://[::1]"}},
		"long lists":   long,
		"paths":        paths,
		"many paths":   many,
	}
}

func mustPolicy(t *testing.T, cfg concors.Config) *concors.Policy {
	t.Helper()
	p, err := concors.NewPolicy(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
