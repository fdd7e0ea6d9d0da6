package concors_test

import (
	"errors"
	"fmt"

	concors "github.com/concors/concors/core"
)

// Each fault has its place as data besides, for an editor or a form.
func ExampleConfigError() {
	_, err := concors.ParseConfig([]byte("{\n  \"alloworigins\": [\"https://app.example.com\"]\n}"))

	var fault *concors.ConfigError
	if errors.As(err, &fault) {
		fmt.Println(fault)
		fmt.Println(fault.Line, fault.Column, fault.Value, "-", fault.Hint)
	}

	// Output:
	// concors: line 2, column 3: "alloworigins" is a key in another case: write "allowOrigins"
	// 2 3 alloworigins - write "allowOrigins"
}

// A problem is a stable code, by which a program translates the messages.
func ExampleProblem() {
	german := map[concors.Problem]string{
		concors.ProblemOriginPath:      "Eine Herkunft hat keinen Pfad",
		concors.ProblemHeaderForbidden: "Diesen Kopf setzt der Browser selbst",
	}
	_, err := concors.NewPolicy(concors.Config{
		AllowOrigins: []string{"https://app.example.com/"},
		AllowHeaders: []string{"Origin"},
	})

	var faults concors.ConfigErrors
	if errors.As(err, &faults) {
		for _, fault := range faults {
			fmt.Printf("%s: %s: %q\n", fault.Field, german[fault.Problem], fault.Value)
		}
	}

	// Output:
	// allowOrigins[0]: Eine Herkunft hat keinen Pfad: "https://app.example.com/"
	// allowHeaders[0]: Diesen Kopf setzt der Browser selbst: "Origin"
}
