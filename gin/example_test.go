package corsgin_test

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"

	concors "github.com/concors/concors/core"
	corsgin "github.com/concors/concors/gin"
)

func Example() {
	policy, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com"},
		AllowMethods: []string{"PUT", "DELETE"},
		AllowHeaders: []string{"Authorization", "Content-Type"},
	})
	if err != nil {
		log.Fatal(err) // every fault, one a line
	}
	r := gin.New()
	r.Use(gin.Logger(), gin.Recovery(), corsgin.Middleware(policy))
	r.PUT("/items/:id", func(c *gin.Context) { c.String(http.StatusOK, "stored\n") })
	log.Fatal(r.Run("127.0.0.1:8080"))
}
