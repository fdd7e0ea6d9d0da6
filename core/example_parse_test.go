package concors_test

import (
	"errors"
	"fmt"
	"os"

	concors "github.com/concors/concors/core"
)

func ExampleParseConfig() {
	file := []byte(`{
  "allowedOrigins": ["https://app.example.com"],
  "allowMethods": "PUT, DELETE",
  "maxAge": 600
}`)

	cfg, err := concors.ParseConfig(file)
	if faults, ok := errors.AsType[concors.ConfigErrors](err); ok {
		for _, fault := range faults {
			fmt.Printf("policy.json:%d:%d: %s\n", fault.Line, fault.Column, fault.Hint)
		}
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	fmt.Println(cfg.AllowOrigins)

	// Output:
	// policy.json:2:3: write "allowOrigins"
	// policy.json:3:19: write ["PUT", "DELETE"]
}
