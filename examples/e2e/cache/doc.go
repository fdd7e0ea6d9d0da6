// Package cache holds the tests with a shared cache, Varnish, in front of the
// examples: no client may get an answer that was made for another. They need
// varnishd and the tag e2e.
package cache
