package claims

import (
	"context"

	concors "github.com/concors/concors/core"
	corshttp "github.com/concors/concors/stdlib"
)

const (
	app      = "https://app.example.com"
	stranger = "https://stranger.example"

	fromApp      = "; Origin: " + app
	fromStranger = "; Origin: " + stranger

	vary3 = "Vary: Origin, ACRM, ACRH" // of every answer to OPTIONS under a policy of ours
	vary2 = "Vary: ACRM, ACRH"         // where every origin is allowed
)

// base is the policy of the pages.
func base() concors.Config {
	return concors.Config{
		AllowOrigins:     []string{app},
		AllowMethods:     []string{"PUT", "DELETE"},
		AllowHeaders:     []string{"Authorization", "Content-Type"},
		ExposeHeaders:    []string{"X-Total"},
		AllowCredentials: true,
		MaxAge:           600,
	}
}

// origins is the least policy that allows some.
func origins(list ...string) concors.Config { return concors.Config{AllowOrigins: list} }

func anyOrigin() concors.Config { return origins("*") }

// credentialed is the same with credentials.
func credentialed(list ...string) concors.Config {
	return concors.Config{AllowOrigins: list, AllowCredentials: true}
}

// with changes a policy, ours or theirs.
func with[C any](cfg C, change func(*C)) C {
	change(&cfg)
	return cfg
}

// admits is an origin function that says yes to everything it is asked about.
func admits() concors.Option {
	return concors.WithOriginFunc(func(context.Context, concors.Origin, concors.Request) bool { return true })
}

func onNet(cfg concors.Config, options ...concors.Option) server {
	return ours(onNetHTTP, corshttp.Middleware, cfg, options...)
}
