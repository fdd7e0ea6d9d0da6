// Package demo is what the five examples share: their flags, the built-in
// policy, the page that tries the API and edits the policy, the log, reloads and
// the shutdown. What a reader copies, the router and its middleware, is in each
// main.go.
package demo
