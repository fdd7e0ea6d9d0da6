package corsgin_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/gin-gonic/gin"

	concors "github.com/concors/concors/core"
	corsgin "github.com/concors/concors/gin"
)

// Two areas of one server, each with its policy, and one middleware on the root:
// the preflight of PUT is answered though no route takes OPTIONS.
func ExampleMiddleware() {
	policy, err := concors.NewPolicy(concors.Config{Paths: map[string]concors.Config{
		"/items/":  {AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"PUT"}},
		"/public/": {AllowOrigins: []string{"*"}},
	}})
	if err != nil {
		log.Fatal(err)
	}
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(corsgin.Middleware(policy))
	items := r.Group("/items")
	items.PUT("/:id", func(c *gin.Context) { c.String(http.StatusOK, "stored\n") })

	// What a browser asks before a page of the app may send its PUT.
	preflight := httptest.NewRequest("OPTIONS", "/items/1", nil)
	preflight.Header.Set("Origin", "https://app.example.com")
	preflight.Header.Set("Access-Control-Request-Method", "PUT")
	answer := httptest.NewRecorder()
	r.ServeHTTP(answer, preflight)
	fmt.Println(answer.Code, answer.Header().Get("Access-Control-Allow-Methods"))

	// Output:
	// 204 PUT
}
