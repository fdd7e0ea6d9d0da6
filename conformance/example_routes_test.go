package conformance_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/concors/concors/conformance"
)

// Routes are what stands behind the middleware that is tested.
func ExampleRoutes() {
	answer := httptest.NewRecorder()
	conformance.Routes(nil).ServeHTTP(answer, httptest.NewRequest("GET", "/error", nil))
	fmt.Println(answer.Code, answer.Header().Get("Handler-Ran"))

	// Output:
	// 500 yes
}

// The upstream grants to everybody, which a proxy must not pass on.
func ExampleUpstream() {
	upstream := httptest.NewServer(http.HandlerFunc(conformance.Upstream))
	defer upstream.Close()
	answer, err := http.Get(upstream.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer answer.Body.Close()
	fmt.Println(answer.Header["Access-Control-Allow-Origin"], answer.Header.Get("Handler-Ran"))

	// Output:
	// [*] yes
}
