//go:build ignore

package main

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.New()
	r.Use(gin.Logger(), gin.Recovery())
	r.PUT("/items/:id", func(c *gin.Context) { c.String(http.StatusOK, "stored\n") })
	log.Fatal(r.Run("127.0.0.1:8080"))
}
