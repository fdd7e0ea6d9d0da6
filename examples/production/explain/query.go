package explain

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	concors "github.com/concors/concors/core"
)

// parse makes of the query the request that a browser would send first: with
// another method than GET, HEAD and POST, or with headers, the preflight, unless
// preflight says otherwise. origin and headers may be repeated, as field lines
// may; host is for the origin function; path is as sent, with its escapes.
func parse(query string) (concors.Request, error) {
	q, err := url.ParseQuery(query)
	if err != nil {
		return concors.Request{}, err
	}
	for _, name := range slices.Sorted(maps.Keys(q)) {
		switch name {
		case "origin", "headers":
		case "method", "path", "host", "preflight":
			if len(q[name]) > 1 {
				return concors.Request{}, fmt.Errorf("%s is given %d times", name, len(q[name]))
			}
		default:
			return concors.Request{}, fmt.Errorf("%q is none of origin, method, path, headers, host and preflight", name)
		}
	}
	target, err := parseTarget(q.Get("path"))
	if err != nil {
		return concors.Request{}, err
	}
	r := concors.Request{
		Method: q.Get("method"), Host: q.Get("host"),
		Path: target.Path, RawPath: target.RawPath, Origin: q["origin"],
	}
	if r.Method == "" {
		r.Method = http.MethodGet
	}
	preflight := len(q["headers"]) > 0 || !slices.Contains([]string{"GET", "HEAD", "POST"}, r.Method)
	if q.Has("preflight") {
		if preflight, err = strconv.ParseBool(q.Get("preflight")); err != nil {
			return concors.Request{}, fmt.Errorf("preflight is %q, neither true nor false", q.Get("preflight"))
		}
	}
	if preflight {
		r.RequestMethod, r.RequestHeaders = []string{r.Method}, q["headers"]
		r.Method = http.MethodOptions
	}
	return r, nil
}

// parseTarget reads a path as net/http does.
func parseTarget(path string) (*url.URL, error) {
	if path == "" {
		path = "/"
	}
	if !strings.HasPrefix(path, "/") {
		return nil, fmt.Errorf("path is %q and must begin with a slash", path)
	}
	return url.ParseRequestURI(path)
}
