// Package judge says whether an answer is right by what it means: what a browser
// makes of it, what a page may read of it, whether a cache may keep it, and
// whether the handler was called. A model of the browser's side of the Fetch
// standard decides, and no spelling counts.
package judge
