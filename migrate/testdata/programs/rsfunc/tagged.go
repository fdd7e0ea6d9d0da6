//go:build integration

package main

import (
	"net/http"

	"github.com/rs/cors"
)

var open = cors.New(cors.Options{
	AllowedOrigins: []string{"http://localhost:3000"},
	AllowedMethods: []string{http.MethodPatch},
})
