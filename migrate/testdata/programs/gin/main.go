// A gin server as the README of gin-contrib/cors sets it up.
package main

import (
	"log"
	"os"
	"time"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.Default()

	config := cors.DefaultConfig()
	config.AllowOrigins = []string{"https://app.example.com", " https://Shop.example.com"}
	config.AllowOrigins = append(config.AllowOrigins, "https://*.dev.example.com")
	config.AllowCredentials = true
	config.AddAllowHeaders("Authorization", "authorization")
	if os.Getenv("DEBUG") != "" {
		config.AllowOrigins = append(config.AllowOrigins, "http://localhost:3000")
	}
	r.Use(cors.New(config))

	wild := r.Group("/wild", cors.New(cors.Config{
		AllowOrigins:               []string{"https://*.example.com", "https://api.*", "/^https:\\/\\/.+\\.example\\.org$/", "ws://chat.example.com"},
		AllowMethods:               []string{"put", "PATCH", "patch"},
		AllowHeaders:               []string{"*"},
		ExposeHeaders:              []string{"Content-Length"},
		AllowOriginFunc:            func(origin string) bool { return origin == "https://github.example" },
		AllowOriginWithContextFunc: allowTenant,
		MaxAge:                     500 * time.Millisecond,
		AllowWildcard:              true,
		AllowBrowserExtensions:     true,
		CustomSchemas:              []string{"tauri://"},
		AllowWebSockets:            true,
		AllowFiles:                 true,
		AllowPrivateNetwork:        true,
		OptionsResponseStatusCode:  200,
	}))
	wild.GET("/", func(c *gin.Context) { c.Status(204) })

	r.Group("/open", cors.Default()).GET("/", func(c *gin.Context) { c.Status(204) })
	log.Fatal(r.Run("127.0.0.1:8080"))
}

func allowTenant(c *gin.Context, origin string) bool {
	return origin == "https://"+c.Param("tenant")+".example.com"
}
