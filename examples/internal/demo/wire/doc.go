// Package wire records what HTTP/1.1 requests and answers really said, on the
// connections of a listener. It knows no router, and what it notes went over the
// wire byte for byte: a browser hides its preflights from the page, and a
// framework may add fields behind every middleware.
package wire
