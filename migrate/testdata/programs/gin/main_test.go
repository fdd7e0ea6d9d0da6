package main

import (
	"testing"
	"time"

	"github.com/gin-contrib/cors"
)

func TestConfigIsValid(t *testing.T) {
	config := cors.Config{AllowAllOrigins: true, AllowMethods: []string{"GET"}, MaxAge: time.Hour}
	if err := config.Validate(); err != nil {
		t.Fatal(err)
	}
}
