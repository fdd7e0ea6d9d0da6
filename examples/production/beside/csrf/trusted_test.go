package csrf_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/concors/concors/conformance/adaptertest"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/examples/production/beside/csrf"
)

func TestTrustedOrigins(t *testing.T) {
	const app, admin = "https://app.example.com", "https://admin.example.com"
	both := concors.Config{AllowOrigins: []string{app, admin}, AllowCredentials: true}
	appAlone := concors.Config{AllowOrigins: []string{app}, AllowCredentials: true}
	for _, test := range []struct {
		name string
		cfg  concors.Config
		want []string
	}{
		{"exact", both, []string{app, admin}},
		{"without credentials", concors.Config{AllowOrigins: []string{app}}, nil},
		{"any", concors.Config{AllowOrigins: []string{"*"}}, nil},
		{"patterns", concors.Config{AllowCredentials: true,
			AllowOrigins: []string{"https://*.example.com", "https://app.example.com:*", "http://localhost:*", app}}, []string{app}},
		{"http", concors.Config{AllowCredentials: true, DangerouslyAllowInsecureOrigins: true,
			AllowOrigins: []string{"http://app.example.com", "http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]"}},
			[]string{"http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]"}},
		{"other schemes", concors.Config{AllowOrigins: []string{"capacitor://localhost"}, AllowCredentials: true},
			[]string{"capacitor://localhost"}},
		{"null", concors.Config{AllowOrigins: []string{"null", app}, DangerouslyAllowNullOrigin: true}, nil},
		{"a part with fewer", withPaths(both, map[string]concors.Config{"/admin/": appAlone}), []string{app}},
		{"a part with more", withPaths(appAlone, map[string]concors.Config{"/admin/": both}), []string{app}},
		{"a part without CORS", withPaths(both, map[string]concors.Config{"/admin/": {}}), nil},
		{"a part without credentials", withPaths(both, map[string]concors.Config{"/public/": {AllowOrigins: []string{app}}}), nil},
		{"parts alone", withPaths(concors.Config{}, map[string]concors.Config{"/api/": both}), nil},
	} {
		adaptertest.NewPolicy(t, test.cfg) // without faults
		before := slices.Clone(test.cfg.AllowOrigins)
		if got := csrf.TrustedOrigins(test.cfg); !slices.Equal(got, test.want) {
			t.Errorf("%s: trusted %q, want %q", test.name, got, test.want)
		}
		if !slices.Equal(test.cfg.AllowOrigins, before) {
			t.Errorf("%s: the Config was changed to %q", test.name, test.cfg.AllowOrigins)
		}
		if _, err := csrf.NewGuard(test.cfg); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func withPaths(cfg concors.Config, paths map[string]concors.Config) concors.Config {
	cfg.Paths = paths
	return cfg
}

// What TrustedOrigins leaves out, net/http takes without a word.
func TestProtectionKnowsNoPatterns(t *testing.T) {
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin("https://*.example.com"); err != nil {
		t.Fatalf("%v: net/http refuses patterns by now, say so in TrustedOrigins", err)
	}
	r := httptest.NewRequest(http.MethodPost, "/items", nil)
	r.Header.Set("Origin", "https://app.example.com")
	r.Header.Set("Sec-Fetch-Site", "same-site")
	if protection.Check(r) == nil {
		t.Error("net/http matches patterns by now, say so in TrustedOrigins")
	}
}
