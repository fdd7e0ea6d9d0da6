package concors_test

import (
	"fmt"

	concors "github.com/concors/concors/core"
)

// Policies for the tests of what operators use.
var (
	plain   = concors.Config{AllowOrigins: []string{app}}
	usual   = concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT", "DELETE"}, AllowHeaders: []string{"X-A", "Content-Type"}, ExposeHeaders: []string{"X-Total"}, MaxAge: 600}
	mirrors = concors.Config{AllowOrigins: []string{app}, AllowMethods: []string{"PUT"}, AllowHeaders: []string{"*"}, AllowCredentials: true, MaxAge: 600}
)

// usualWith returns usual with a change.
func usualWith(change func(*concors.Config)) concors.Config {
	cfg := usual
	change(&cfg)
	return cfg
}

func manyOrigins(n int) concors.Config {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("https://tenant-%d.example.com", i)
	}
	return concors.Config{AllowOrigins: list}
}
