package preset

// ConnectHeaders are the request headers of the Connect protocol, for
// AllowHeaders, https://connectrpc.com/docs/cors/. It needs no method beyond GET
// and POST, which are always allowed. Trailers of unary calls come as headers
// that begin with Trailer-: list those that your service sends in ExposeHeaders.
func ConnectHeaders() []string {
	return []string{"Content-Type", "Connect-Protocol-Version", "Connect-Timeout-Ms", "X-User-Agent"}
}

// GRPCWebHeaders are the request headers of gRPC-Web, for AllowHeaders,
// https://connectrpc.com/docs/cors/.
func GRPCWebHeaders() []string {
	return []string{"Content-Type", "Grpc-Timeout", "X-Grpc-Web", "X-User-Agent"}
}

// GRPCWebExpose are the response headers of gRPC-Web in which an answer without
// a message carries its status, for ExposeHeaders, https://connectrpc.com/docs/cors/.
func GRPCWebExpose() []string {
	return []string{"Grpc-Status", "Grpc-Message", "Grpc-Status-Details-Bin"}
}

// MCPMethods are the methods of MCP's streamable HTTP that need listing, for
// AllowMethods: DELETE ends a session, up to the revision 2025-11-25,
// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports.
func MCPMethods() []string { return []string{"DELETE"} }

// MCPHeaders are the request headers of MCP's streamable HTTP, for AllowHeaders,
// in the revisions 2025-11-25 (Mcp-Session-Id, Last-Event-ID) and 2026-07-28
// (Mcp-Method, Mcp-Name),
// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http.
// Add Authorization if the server wants it, and the Mcp-Param- headers that its
// tools declare, each by its name.
func MCPHeaders() []string {
	return []string{"Content-Type", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Session-Id", "Last-Event-ID"}
}

// MCPExpose are the response headers of MCP's streamable HTTP, for
// ExposeHeaders: the session, up to the revision 2025-11-25,
// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports.
// Add WWW-Authenticate if the server asks for authorisation.
func MCPExpose() []string { return []string{"Mcp-Session-Id"} }
