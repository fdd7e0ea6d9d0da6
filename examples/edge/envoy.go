package edge

import (
	"encoding/json"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	_ "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/cors/v3" // for its @type
	"google.golang.org/protobuf/encoding/protojson"
)

// VirtualHost returns a virtual host for the domains that sends every path to a
// cluster, with the policy of cfg.
func VirtualHost(name string, domains []string, cfg concors.Config, cluster string) (*routev3.VirtualHost, []gateway.Loss, error) {
	action, err := json.Marshal(map[string]string{"cluster": cluster})
	if err != nil {
		return nil, nil, err
	}
	text, losses, err := gateway.EnvoyRoutes(cfg, action)
	if err != nil {
		return nil, nil, err
	}
	var routes []json.RawMessage
	if err := json.Unmarshal(text, &routes); err != nil {
		return nil, nil, err
	}
	host := &routev3.VirtualHost{Name: name, Domains: domains}
	for _, text := range routes {
		route := new(routev3.Route)
		if err := protojson.Unmarshal(text, route); err != nil {
			return nil, nil, err
		}
		host.Routes = append(host.Routes, route)
	}
	return host, losses, nil
}
