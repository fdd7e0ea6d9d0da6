package csrf_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/beside/csrf"
	corshttp "github.com/concors/concors/stdlib"
)

// Two parts of a server that other pages write to: one policy, a guard for each.
func Example_parts() {
	cfg := concors.Config{Paths: map[string]concors.Config{
		"/shop/":  {AllowOrigins: []string{"https://shop.example.com"}, AllowCredentials: true},
		"/admin/": {AllowOrigins: []string{"https://admin.example.com"}, AllowCredentials: true},
	}}
	policy, err := concors.NewPolicy(cfg)
	if err != nil {
		log.Fatal(err)
	}
	routes := http.NewServeMux()
	saved := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "saved") })
	for key, part := range cfg.Paths {
		guard, err := csrf.NewGuard(part)
		if err != nil {
			log.Fatal(err)
		}
		routes.Handle(key, guard.Handler(saved))
	}
	server := corshttp.Middleware(policy)(routes)

	for _, path := range []string{"/shop/items", "/admin/users"} {
		r := httptest.NewRequest(http.MethodPost, path, nil)
		r.Header.Set("Origin", "https://shop.example.com")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		fmt.Println(path, w.Code)
	}

	// Output:
	// /shop/items 200
	// /admin/users 403
}
