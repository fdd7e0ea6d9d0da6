package edge_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/gateway"
	"github.com/concors/concors/examples/edge"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
	"sigs.k8s.io/yaml"
)

// server judges an HTTPRoute as the API server of Kubernetes does.
type server struct {
	schema *schema.Structural
	fields validation.SchemaValidator
	rules  *cel.Validator
}

// loadServer is newServer, once: reading its rules takes seconds.
var loadServer = sync.OnceValues(newServer)

// newServer reads the definition that the module of the Gateway API ships. CORS
// is in its experimental channel.
func newServer() (*server, error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/gateway-api").Output()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(string(bytes.TrimSpace(dir)), "config/crd/experimental/gateway.networking.k8s.io_httproutes.yaml"))
	if err != nil {
		return nil, err
	}
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.Unmarshal(text, &crd); err != nil {
		return nil, err
	}
	for _, version := range crd.Spec.Versions {
		if version.Name != "v1" {
			continue
		}
		props := new(apiextensions.JSONSchemaProps)
		if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, props, nil); err != nil {
			return nil, err
		}
		structural, err := schema.NewStructural(props)
		if err != nil {
			return nil, err
		}
		fields, _, err := validation.NewSchemaValidator(props)
		if err != nil {
			return nil, err
		}
		const perCall = 10_000_000 // what the API server allows a rule to cost
		return &server{structural, fields, cel.NewValidator(structural, true, perCall)}, nil
	}
	return nil, errors.New("the definition has no version v1")
}

// judge returns what an API server finds wrong with a route. Strict, it refuses
// unknown fields, as kubectl does.
func (s *server) judge(t *testing.T, route any) (faults []string) {
	t.Helper()
	text, err := json.Marshal(route)
	if err != nil {
		t.Fatal(err)
	}
	var object map[string]any
	if err := utiljson.Unmarshal(text, &object); err != nil { // whole numbers as such, as the rules expect them
		t.Fatal(err)
	}
	delete(object, "status") // of which a client sends none
	pruned := pruning.PruneWithOptions(object, s.schema, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	for _, path := range pruned {
		faults = append(faults, "unknown field "+path)
	}
	defaulting.Default(object, s.schema)
	for _, err := range validation.ValidateCustomResource(nil, object, s.fields) {
		faults = append(faults, err.Error())
	}
	for _, err := range listtype.ValidateListSetsAndMaps(nil, s.schema, object) {
		faults = append(faults, err.Error())
	}
	errs, _ := s.rules.Validate(context.Background(), nil, s.schema, object, nil, 100_000_000)
	for _, err := range errs {
		faults = append(faults, err.Error())
	}
	return faults
}

func service() gatewayv1.BackendObjectReference {
	port := gatewayv1.PortNumber(8080)
	return gatewayv1.BackendObjectReference{Name: "api", Port: &port}
}

func TestHTTPRoutesAreAccepted(t *testing.T) {
	server, err := loadServer()
	if err != nil {
		t.Fatal(err)
	}
	for name, cfg := range policies() {
		route, losses, err := edge.HTTPRoute("api", cfg, service())
		if err != nil || route == nil {
			t.Errorf("%s: HTTPRoute = %v, %v, %v", name, route, losses, err)
			continue
		}
		if faults := server.judge(t, route); faults != nil {
			t.Errorf("%s: refused: %s", name, strings.Join(faults, "\n"))
		}
		// Nothing is lost where the JSON becomes the type.
		rules, _, err := gateway.HTTPRouteRules(cfg, nil)
		if err != nil {
			t.Fatal(err)
		}
		strict := json.NewDecoder(bytes.NewReader(rules))
		strict.DisallowUnknownFields()
		if err := strict.Decode(new([]gatewayv1.HTTPRouteRule)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The judge refuses what the writer avoids: else it would prove nothing.
func TestServerRefuses(t *testing.T) {
	server, err := loadServer()
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*gatewayv1.HTTPRoute){
		"a port wildcard": func(r *gatewayv1.HTTPRoute) { cors(r).AllowOrigins[0] = "http://localhost:*" },
		"an IPv6 address": func(r *gatewayv1.HTTPRoute) { cors(r).AllowOrigins[0] = "http://[::1]" },
		"null":            func(r *gatewayv1.HTTPRoute) { cors(r).AllowOrigins[0] = "null" },
		"a star beside":   func(r *gatewayv1.HTTPRoute) { cors(r).AllowOrigins = append(cors(r).AllowOrigins, "*") },
		"a method":        func(r *gatewayv1.HTTPRoute) { cors(r).AllowMethods = []gatewayv1.HTTPMethodWithWildcard{"PURGE"} },
		"a negative age":  func(r *gatewayv1.HTTPRoute) { cors(r).MaxAge = -1 },
		"a repeated name": func(r *gatewayv1.HTTPRoute) { cors(r).AllowHeaders = []gatewayv1.HTTPHeaderName{"A", "A"} },
		"a long name": func(r *gatewayv1.HTTPRoute) {
			cors(r).ExposeHeaders = []gatewayv1.HTTPHeaderName{gatewayv1.HTTPHeaderName(strings.Repeat("a", 257))}
		},
		"65 origins": func(r *gatewayv1.HTTPRoute) {
			for i := range 64 {
				cors(r).AllowOrigins = append(cors(r).AllowOrigins, gatewayv1.CORSOrigin(fmt.Sprintf("https://s%d.example.com", i)))
			}
		},
		"17 rules": func(r *gatewayv1.HTTPRoute) {
			for range 16 {
				r.Spec.Rules = append(r.Spec.Rules, r.Spec.Rules[0])
			}
		},
		"a path": func(r *gatewayv1.HTTPRoute) { *r.Spec.Rules[0].Matches[0].Path.Value = "a" },
		"a type": func(r *gatewayv1.HTTPRoute) { r.Spec.Rules[0].Filters[0].Type = "URLRewrite" },
	} {
		route, _, err := edge.HTTPRoute("api", policies()["plain"], service())
		if err != nil {
			t.Fatal(err)
		}
		if spoil(route); server.judge(t, route) == nil {
			t.Errorf("a route with %s is accepted", name)
		}
	}
}

func cors(r *gatewayv1.HTTPRoute) *gatewayv1.HTTPCORSFilter { return r.Spec.Rules[0].Filters[0].CORS }

// A filter that was made elsewhere, by the real type, is read back.
func TestFiltersAreReadBack(t *testing.T) {
	credentials := true
	text, err := json.Marshal(gatewayv1.HTTPRouteFilter{
		Type: gatewayv1.HTTPRouteFilterCORS,
		CORS: &gatewayv1.HTTPCORSFilter{
			AllowOrigins: []gatewayv1.CORSOrigin{"https://app.example.com"}, AllowMethods: []gatewayv1.HTTPMethodWithWildcard{"PUT"},
			AllowHeaders: []gatewayv1.HTTPHeaderName{"*"}, AllowCredentials: &credentials, MaxAge: 600,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := gateway.ParseFilter(text)
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	d := mustPolicy(t, cfg).Decide(t.Context(), concors.Request{
		Method: "OPTIONS", Path: "/", Origin: []string{"https://app.example.com"},
		RequestMethod: []string{"PUT"}, RequestHeaders: []string{"x-any"},
	})
	if !d.Allowed() || cfg.MaxAge != 600 {
		t.Errorf("%+v decides %s", cfg, d.Reason())
	}
}
