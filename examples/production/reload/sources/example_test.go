package sources_test

import (
	"fmt"
	"log"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/reload/sources"
)

// A program hands in os.Environ().
func ExampleEnv() {
	cfg, err := sources.Env("CORS_", []string{
		"CORS_ALLOW_ORIGINS=https://app.example.com,https://*.example.org",
		"CORS_MAX_AGE=600",
	})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := concors.NewPolicy(cfg); err != nil {
		log.Fatal(err)
	}
	fmt.Println(cfg.AllowOrigins, cfg.MaxAge)

	_, err = sources.Env("CORS_", []string{"CORS_ALLOWED_ORIGINS=*", "CORS_MAX_AGE=10m"})
	fmt.Println(err)
	// Output:
	// [https://app.example.com https://*.example.org] 600
	// CORS_ALLOWED_ORIGINS is no setting of a policy: remove it, or use another prefix than CORS_
	// CORS_MAX_AGE is no int: strconv.ParseInt: parsing "10m": invalid syntax
}

func ExampleYAML() {
	cfg, err := sources.YAML([]byte(`
allowOrigins:
  - https://*.example.com   # every subdomain
allowMethods: [PUT, DELETE]
`))
	fmt.Println(cfg.AllowOrigins, cfg.AllowMethods, err)

	_, err = sources.YAML([]byte("allow_origins: ['*']\nmaxAge: 1\nmaxAge: 2\n"))
	fmt.Println(err)
	// Output:
	// [https://*.example.com] [PUT DELETE] <nil>
	// yaml: unmarshal errors:
	//   line 3: key "maxAge" already set in map
	// concors: "allow_origins" is not a key of a policy: write "allowOrigins"
}
