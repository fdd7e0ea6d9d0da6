package edge

import (
	"bytes"
	"encoding/json"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
)

// HTTPRoute returns a route to a service with the policy of cfg. It is nil if the
// policy fits into none; then the last loss says why.
func HTTPRoute(name string, cfg concors.Config, service gatewayv1.BackendObjectReference) (*gatewayv1.HTTPRoute, []gateway.Loss, error) {
	backends, err := json.Marshal([]gatewayv1.BackendObjectReference{service})
	if err != nil {
		return nil, nil, err
	}
	rules, losses, err := gateway.HTTPRouteRules(cfg, backends)
	if err != nil || rules == nil {
		return nil, losses, err
	}
	route := &gatewayv1.HTTPRoute{
		TypeMeta:   metav1.TypeMeta{APIVersion: gatewayv1.GroupVersion.String(), Kind: "HTTPRoute"},
		ObjectMeta: metav1.ObjectMeta{Name: name},
	}
	strict := json.NewDecoder(bytes.NewReader(rules))
	strict.DisallowUnknownFields() // a field that the type lacks would be lost without a word
	if err := strict.Decode(&route.Spec.Rules); err != nil {
		return nil, losses, err
	}
	return route, losses, nil
}
