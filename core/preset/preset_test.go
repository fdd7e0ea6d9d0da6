package preset_test

import (
	"slices"
	"testing"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/preset"
)

var (
	methods = map[string]func() []string{"TusMethods": preset.TusMethods, "MCPMethods": preset.MCPMethods}
	allow   = map[string]func() []string{
		"TraceContext": preset.TraceContext, "Baggage": preset.Baggage, "Sentry": preset.Sentry, "Datadog": preset.Datadog,
		"NewRelic": preset.NewRelic, "B3": preset.B3, "XRay": preset.XRay, "ConnectHeaders": preset.ConnectHeaders,
		"GRPCWebHeaders": preset.GRPCWebHeaders, "MCPHeaders": preset.MCPHeaders, "TusHeaders": preset.TusHeaders,
	}
	expose = map[string]func() []string{
		"GRPCWebExpose": preset.GRPCWebExpose, "MCPExpose": preset.MCPExpose, "TusExpose": preset.TusExpose,
	}
)

func TestListsAreAccepted(t *testing.T) {
	for _, kind := range []struct {
		lists map[string]func() []string
		field func(*concors.Config) *[]string
	}{
		{methods, func(c *concors.Config) *[]string { return &c.AllowMethods }},
		{allow, func(c *concors.Config) *[]string { return &c.AllowHeaders }},
		{expose, func(c *concors.Config) *[]string { return &c.ExposeHeaders }},
	} {
		var all [][]string
		for name, list := range kind.lists {
			all = append(all, list())
			cfg := concors.Config{AllowOrigins: []string{"https://app.example.com"}, AllowCredentials: true}
			*kind.field(&cfg) = list()
			if _, err := concors.NewPolicy(cfg); err != nil || len(list()) == 0 {
				t.Errorf("%s = %q: %v", name, list(), err)
			}
		}
		cfg := concors.Config{AllowOrigins: []string{"https://app.example.com"}, AllowCredentials: true}
		*kind.field(&cfg) = preset.Join(all...)
		if _, err := concors.NewPolicy(cfg); err != nil {
			t.Errorf("all together: %v", err)
		}
	}
}

// A caller may append to a list and change it: it is the caller's own.
func TestListsAreFresh(t *testing.T) {
	for _, lists := range []map[string]func() []string{methods, allow, expose} {
		for name, list := range lists {
			before := list()
			changed := list()
			changed[0] = "X-Changed"
			if after := list(); !slices.Equal(before, after) {
				t.Errorf("%s = %q after a change, want %q", name, after, before)
			}
		}
	}
}

func TestJoin(t *testing.T) {
	got := preset.Join([]string{"Baggage", "B"}, nil, []string{"b", "baggage", "A"})
	if want := []string{"Baggage", "B", "A"}; !slices.Equal(got, want) {
		t.Errorf("Join = %q, want %q", got, want)
	}
	list := []string{"A", "B"}
	if preset.Join(list)[0] = "X"; list[0] != "A" {
		t.Error("Join shares memory with a list")
	}
	if got := preset.Join(); got != nil {
		t.Errorf("Join() = %q, want nil", got)
	}
}
