// A configuration that is built in functions and kept in a struct.
package main

import (
	"log"
	"time"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

type settings struct {
	Origins []string
	MaxAge  time.Duration
	CORS    cors.Config
}

func load() *settings {
	s := &settings{Origins: []string{"https://app.example.com"}, MaxAge: time.Minute}
	s.CORS = cors.Config{
		AllowOrigins: s.Origins,
		AllowMethods: []string{"GET", "POST"},
		MaxAge:       s.MaxAge,
	}
	harden(&s.CORS)
	return s
}

func harden(c *cors.Config) {
	c.AllowCredentials = false
	c.AllowHeaders = []string{"X-Request-Id"}
}

func corsConfig() cors.Config {
	var c cors.Config
	c.AllowAllOrigins = true
	c.AllowHeaders = []string{"*"}
	return c
}

func main() {
	r := gin.New()
	r.Use(cors.New(load().CORS))
	r.Group("/open").Use(cors.New(corsConfig()))
	log.Fatal(r.Run("127.0.0.1:8080"))
}
