package gateway_test

import (
	"fmt"
	"log"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
)

func ExampleHTTPRouteRules() {
	cfg := concors.Config{
		AllowOrigins: []string{"https://app.example.com", "http://localhost:*"},
		AllowMethods: []string{"PUT", "PURGE"},
	}
	rules, losses, err := gateway.HTTPRouteRules(cfg, []byte(`[{"name":"api","port":80}]`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(rules))
	for _, loss := range losses {
		if loss.Effect == gateway.LeftOut {
			fmt.Println(loss)
		}
	}

	// Output:
	// [
	//   {
	//     "matches": [
	//       {
	//         "path": {
	//           "type": "PathPrefix",
	//           "value": "/"
	//         }
	//       }
	//     ],
	//     "filters": [
	//       {
	//         "type": "CORS",
	//         "cors": {
	//           "allowOrigins": [
	//             "https://app.example.com"
	//           ],
	//           "allowMethods": [
	//             "PUT"
	//           ]
	//         }
	//       }
	//     ],
	//     "backendRefs": [
	//       {
	//         "name": "api",
	//         "port": 80
	//       }
	//     ]
	//   }
	// ]
	// allowOrigins[1]: "http://localhost:*" (left-out): a filter has no wildcard for ports: list the ports
	// allowMethods[1]: "PURGE" (left-out): a filter takes the methods of RFC 9110 and PATCH alone, in upper case
}

func ExampleEnvoyRoutes() {
	cfg := concors.Config{AllowOrigins: []string{"https://*.example.com"}, AllowCredentials: true}
	_, losses, err := gateway.EnvoyRoutes(cfg, []byte(`{"cluster":"api"}`))
	if err != nil {
		log.Fatal(err)
	}
	for _, loss := range losses {
		fmt.Printf("%s: %q\n", loss.Effect, loss.Field)
	}

	// Output:
	// narrowed: "allowOrigins[0]"
	// differs: ""
	// differs: ""
	// needs-setting: ""
}

func ExampleParseFilter() {
	cfg, err := gateway.ParseFilter([]byte(`{
  "type": "CORS",
  "cors": {"allowOrigins": ["https://app.example.com"], "maxAge": 600}
}`))
	if err != nil {
		log.Fatal(err)
	}
	if _, err := concors.NewPolicy(cfg); err != nil {
		log.Fatal(err)
	}
	fmt.Println(cfg.AllowOrigins, cfg.MaxAge)

	// Output:
	// [https://app.example.com] 600
}
