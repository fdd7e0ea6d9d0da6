package concors

import "net/http"

// question is a request that is decided about: as somebody described it, or,
// where no function asks for the description, as the server has it. The latter
// costs no more than what is looked up.
type question struct {
	method string
	origin []string

	request *Request
	server  *http.Request // if request is nil
}

// question is what r asks; it refers to r.
func (r *Request) question() question {
	return question{method: r.Method, origin: r.Origin, request: r}
}

func (q *question) path() (path, raw string) {
	if q.request == nil {
		return q.server.URL.Path, q.server.URL.RawPath
	}
	return q.request.Path, q.request.RawPath
}

func (q *question) requestMethod() []string {
	if q.request == nil {
		return q.server.Header["Access-Control-Request-Method"]
	}
	return q.request.RequestMethod
}

func (q *question) requestHeaders() []string {
	if q.request == nil {
		return q.server.Header["Access-Control-Request-Headers"]
	}
	return q.request.RequestHeaders
}
