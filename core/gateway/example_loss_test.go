package gateway_test

import (
	"fmt"
	"log"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
)

// A build that hands policies to a gateway stops where the gateway would allow
// more, and tells the rest.
func ExampleEffect() {
	cfg := concors.Config{AllowOrigins: []string{"https://app.example.com"}, AllowMethods: []string{"PURGE"}}
	_, losses, err := gateway.HTTPRouteRules(cfg, []byte(`[{"name":"api","port":80}]`))
	if err != nil {
		log.Fatal(err)
	}
	for _, loss := range losses {
		switch loss.Effect {
		case gateway.Wider:
			log.Fatal(loss)
		case gateway.LeftOut, gateway.Narrowed:
			fmt.Println("pages lose", loss.Value)
		default: // answered in another way, or a setting to make
		}
	}

	// Output:
	// pages lose PURGE
}

// The text names the entry as an error of a Config does.
func ExampleLoss_String() {
	loss := gateway.Loss{
		Field:  `paths["/api/"].allowMethods[1]`,
		Value:  "PURGE",
		Effect: gateway.LeftOut,
		Hint:   "list it in the program that serves this path",
	}
	fmt.Println(loss.String())

	// Output:
	// paths["/api/"].allowMethods[1]: "PURGE" (left-out): list it in the program that serves this path
}
