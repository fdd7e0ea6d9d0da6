// Package beside is about what people confuse with CORS, one folder each:
// WebSockets, server-sent events, protection against forged requests, files and
// ranges, compression, and authentication. The code of the folders may be
// copied; the snippets in the README are that code, which the test here checks.
package beside
