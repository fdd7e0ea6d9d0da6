package preset_test

import (
	"fmt"

	"github.com/concors/concors/core/preset"
)

func ExampleConnectHeaders() {
	fmt.Println(preset.ConnectHeaders())

	// Output:
	// [Content-Type Connect-Protocol-Version Connect-Timeout-Ms X-User-Agent]
}

func ExampleGRPCWebHeaders() {
	fmt.Println(preset.GRPCWebHeaders())

	// Output:
	// [Content-Type Grpc-Timeout X-Grpc-Web X-User-Agent]
}

func ExampleGRPCWebExpose() {
	fmt.Println(preset.GRPCWebExpose())

	// Output:
	// [Grpc-Status Grpc-Message Grpc-Status-Details-Bin]
}

func ExampleTusMethods() {
	fmt.Println(preset.TusMethods())

	// Output:
	// [PATCH DELETE]
}

func ExampleTusHeaders() {
	fmt.Println(preset.TusHeaders())

	// Output:
	// [Content-Type Tus-Resumable Upload-Offset Upload-Length Upload-Defer-Length Upload-Metadata Upload-Concat Upload-Checksum]
}

func ExampleTusExpose() {
	fmt.Println(preset.TusExpose())

	// Output:
	// [Location Tus-Resumable Tus-Version Tus-Extension Tus-Max-Size Tus-Checksum-Algorithm Upload-Offset Upload-Length Upload-Defer-Length Upload-Metadata Upload-Concat Upload-Expires]
}

func ExampleMCPMethods() {
	fmt.Println(preset.MCPMethods())

	// Output:
	// [DELETE]
}

func ExampleMCPHeaders() {
	fmt.Println(preset.MCPHeaders())

	// Output:
	// [Content-Type MCP-Protocol-Version Mcp-Method Mcp-Name Mcp-Session-Id Last-Event-ID]
}

func ExampleMCPExpose() {
	fmt.Println(preset.MCPExpose())

	// Output:
	// [Mcp-Session-Id]
}
