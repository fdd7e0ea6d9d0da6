package corshttp_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"

	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

// The upstream speaks CORS by itself. Without StripUpstream the answer would
// have two Access-Control-Allow-Origin, which browsers refuse.
func ExampleStripUpstream() {
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Vary", "Accept")
	}))
	defer upstream.Close()
	target, err := url.Parse(upstream.URL)
	if err != nil {
		log.Fatal(err)
	}
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{"https://app.example.com"}})
	if err != nil {
		log.Fatal(err)
	}
	handler := corshttp.Middleware(policy)(&httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: corshttp.StripUpstream,
	})

	request := httptest.NewRequest("GET", "/items", nil)
	request.Header.Set("Origin", "https://app.example.com")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	fmt.Println(answer.Header()["Access-Control-Allow-Origin"], answer.Header()["Vary"])

	// Output:
	// [https://app.example.com] [Origin Accept]
}
