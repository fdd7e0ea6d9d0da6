package preset

// The lists for tus 1.0.0 have its core and the extensions creation,
// creation-defer-length, expiration, checksum, termination and concatenation,
// https://tus.io/protocols/resumable-upload. X-HTTP-Method-Override is in none:
// whoever sends it for PATCH needs it listed besides.

// TusMethods are the methods of tus uploads that need listing, for AllowMethods.
func TusMethods() []string { return []string{"PATCH", "DELETE"} }

// TusHeaders are the request headers of tus uploads, for AllowHeaders.
func TusHeaders() []string {
	return []string{
		"Content-Type", "Tus-Resumable", "Upload-Offset", "Upload-Length", "Upload-Defer-Length",
		"Upload-Metadata", "Upload-Concat", "Upload-Checksum",
	}
}

// TusExpose are the response headers of tus uploads, for ExposeHeaders.
func TusExpose() []string {
	return []string{
		"Location", "Tus-Resumable", "Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm",
		"Upload-Offset", "Upload-Length", "Upload-Defer-Length", "Upload-Metadata", "Upload-Concat", "Upload-Expires",
	}
}
