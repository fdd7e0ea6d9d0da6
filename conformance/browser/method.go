package browser

import "slices"

// NormalizeMethod upper-cases DELETE, GET, HEAD, OPTIONS, POST and PUT, and
// leaves every other method as it is: "patch" goes out as "patch" (Fetch,
// Methods, normalize).
func NormalizeMethod(method string) string {
	for _, known := range []string{"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"} {
		if equalFold(method, known) {
			return known
		}
	}
	return method
}

// isForbiddenMethod is Fetch, Methods, forbidden method.
func isForbiddenMethod(method string) bool {
	return slices.ContainsFunc([]string{"CONNECT", "TRACE", "TRACK"}, func(m string) bool { return equalFold(m, method) })
}

// isSafelistedMethod is Fetch, Methods, CORS-safelisted method.
func isSafelistedMethod(method string) bool {
	return method == "GET" || method == "HEAD" || method == "POST"
}
