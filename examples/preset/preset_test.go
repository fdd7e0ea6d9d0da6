// Package preset tries the lists of core/preset in a browser: what the client of
// a protocol sends passes with its list, and is blocked without.
package preset

import (
	"net/http"
	"slices"
	"testing"

	"github.com/concors/concors/conformance/browser"
	concors "github.com/concors/concors/core"
	"github.com/concors/concors/core/preset"
	corshttp "github.com/concors/concors/stdlib"
)

const page = "https://app.example.com"

// call is a request as the specification has it, written by hand from there.
type call struct {
	name    string
	cfg     concors.Config
	method  string
	send    map[string]string
	receive map[string]string // what the answer carries and the page must read
}

var calls = []call{
	{
		name: "trace context and baggage", method: "GET",
		cfg: concors.Config{AllowHeaders: preset.Join(preset.TraceContext(), preset.Baggage())},
		send: map[string]string{
			"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate": "a=1", "baggage": "k=v",
		},
	},
	{
		name: "Sentry", method: "GET", cfg: concors.Config{AllowHeaders: preset.Sentry()},
		send: map[string]string{"sentry-trace": "771a43a4192642f0b136d5159a501700-85ed14d4a4f94b1f-1", "baggage": "sentry-release=1"},
	},
	{
		name: "Datadog", method: "POST", cfg: concors.Config{AllowHeaders: preset.Datadog()},
		send: map[string]string{
			"x-datadog-origin": "rum", "x-datadog-parent-id": "1", "x-datadog-sampling-priority": "1", "x-datadog-trace-id": "2",
		},
	},
	{
		name: "New Relic", method: "GET", cfg: concors.Config{AllowHeaders: preset.NewRelic()},
		send: map[string]string{"newrelic": "e30=", "traceparent": "00-0-0-01", "tracestate": "1@nr=0"},
	},
	{
		name: "B3 in one header", method: "GET", cfg: concors.Config{AllowHeaders: preset.B3()}, send: map[string]string{"b3": "0"},
	},
	{
		name: "B3 in several", method: "GET", cfg: concors.Config{AllowHeaders: preset.B3()},
		send: map[string]string{
			"X-B3-TraceId": "463ac35c9f6413ad48485a3953bb6124", "X-B3-SpanId": "a2fb4a1d1a96d312",
			"X-B3-ParentSpanId": "0020000000000001", "X-B3-Sampled": "1", "X-B3-Flags": "1",
		},
	},
	{
		name: "X-Ray", method: "GET", cfg: concors.Config{AllowHeaders: preset.XRay()},
		send: map[string]string{"X-Amzn-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"},
	},
	{
		name: "Connect", method: "POST", cfg: concors.Config{AllowHeaders: preset.ConnectHeaders()},
		send: map[string]string{
			"Content-Type": "application/json", "Connect-Protocol-Version": "1", "Connect-Timeout-Ms": "5000", "X-User-Agent": "connect-es/2",
		},
	},
	{
		name: "gRPC-Web", method: "POST",
		cfg: concors.Config{AllowHeaders: preset.GRPCWebHeaders(), ExposeHeaders: preset.GRPCWebExpose()},
		send: map[string]string{
			"Content-Type": "application/grpc-web+proto", "X-Grpc-Web": "1", "Grpc-Timeout": "5S", "X-User-Agent": "grpc-web-javascript/0.1",
		},
		receive: map[string]string{"Grpc-Status": "5", "Grpc-Message": "no%20such%20thing", "Grpc-Status-Details-Bin": "CAU"},
	},
	{
		name: "tus creates", method: "POST", cfg: tus(),
		send: map[string]string{
			"Tus-Resumable": "1.0.0", "Upload-Length": "100", "Upload-Metadata": "filename d29ybGQ=", "Upload-Concat": "partial",
			"Upload-Defer-Length": "1",
		},
		receive: map[string]string{"Location": "https://api.example.com/files/1", "Tus-Resumable": "1.0.0", "Upload-Expires": "Wed, 25 Jun 2014 16:00:00 GMT"},
	},
	{
		name: "tus uploads", method: "PATCH", cfg: tus(),
		send: map[string]string{
			"Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0", "Upload-Offset": "70", "Upload-Checksum": "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
		},
		receive: map[string]string{"Upload-Offset": "100"},
	},
	{
		name: "tus asks", method: "HEAD", cfg: tus(), send: map[string]string{"Tus-Resumable": "1.0.0"},
		receive: map[string]string{"Upload-Offset": "70", "Upload-Length": "100", "Upload-Metadata": "a", "Upload-Concat": "partial", "Upload-Defer-Length": "1"},
	},
	{
		name: "tus looks at the server", method: "OPTIONS",
		cfg: concors.Config{
			AllowMethods: append(preset.TusMethods(), "OPTIONS"), AllowHeaders: preset.TusHeaders(), ExposeHeaders: preset.TusExpose(),
		},
		receive: map[string]string{"Tus-Version": "1.0.0", "Tus-Extension": "creation", "Tus-Max-Size": "1", "Tus-Checksum-Algorithm": "sha1"},
	},
	{name: "tus terminates", method: "DELETE", cfg: tus(), send: map[string]string{"Tus-Resumable": "1.0.0"}},
	{
		name: "MCP calls a tool", method: "POST", cfg: mcp(),
		send: map[string]string{
			"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2026-07-28",
			"Mcp-Method": "tools/call", "Mcp-Name": "get_weather",
		},
	},
	{
		name: "MCP begins a session", method: "POST", cfg: mcp(),
		send:    map[string]string{"Content-Type": "application/json", "Accept": "application/json, text/event-stream"},
		receive: map[string]string{"Mcp-Session-Id": "1868a90c"},
	},
	{
		name: "MCP resumes a stream", method: "GET", cfg: mcp(),
		send: map[string]string{
			"Accept": "text/event-stream", "MCP-Protocol-Version": "2025-11-25", "Mcp-Session-Id": "1868a90c", "Last-Event-ID": "7",
		},
	},
	{
		name: "MCP ends a session", method: "DELETE", cfg: mcp(),
		send: map[string]string{"MCP-Protocol-Version": "2025-11-25", "Mcp-Session-Id": "1868a90c"},
	},
}

func tus() concors.Config {
	return concors.Config{AllowMethods: preset.TusMethods(), AllowHeaders: preset.TusHeaders(), ExposeHeaders: preset.TusExpose()}
}

func mcp() concors.Config {
	return concors.Config{AllowMethods: preset.MCPMethods(), AllowHeaders: preset.MCPHeaders(), ExposeHeaders: preset.MCPExpose()}
}

func TestClientsPass(t *testing.T) {
	for _, c := range calls {
		r := fetch(t, c, c.cfg)
		if !r.Allowed() || r.Preflights != 1 {
			t.Errorf("%s: %v", c.name, r)
			continue
		}
		for name, value := range c.receive {
			if got := r.Header.Get(name); got != value {
				t.Errorf("%s: the page reads %s as %q, want %q", c.name, name, got, value)
			}
		}
	}
}

// No name and no method of a list that a client needs is there for nothing:
// without its lists it is blocked.
func TestClientsFailWithoutTheirLists(t *testing.T) {
	for _, c := range calls {
		if r := fetch(t, c, concors.Config{}); r.Allowed() {
			t.Errorf("%s: passes without a list: %v", c.name, r)
		}
		for name := range c.send {
			if name == "Accept" {
				continue // safelisted as it is sent
			}
			cfg := c.cfg
			cfg.AllowHeaders = slices.DeleteFunc(slices.Clone(cfg.AllowHeaders), func(h string) bool {
				return http.CanonicalHeaderKey(h) == http.CanonicalHeaderKey(name)
			})
			if r := fetch(t, c, cfg); r.Allowed() {
				t.Errorf("%s: passes without %s: %v", c.name, name, r)
			}
		}
	}
}

// fetch lets a page make the call at a server with the policy.
func fetch(t *testing.T, c call, cfg concors.Config) *browser.Result {
	t.Helper()
	cfg.AllowOrigins = []string{page}
	policy, err := concors.NewPolicy(cfg)
	if err != nil {
		t.Fatal(err)
	}
	b := browser.New(corshttp.Middleware(policy)(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range c.receive {
			w.Header().Set(name, value)
		}
	})))
	defer b.Close()
	header := http.Header{}
	for name, value := range c.send {
		header.Set(name, value)
	}
	r, err := b.Fetch(t.Context(), browser.Fetch{Page: page, URL: "https://api.example.com/files", Method: c.method, Header: header})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
