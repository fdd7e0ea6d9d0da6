// Package scale measures what large policies and hostile requests cost, and
// holds it to bars: a million origins, ten thousand path rules, reloads while
// requests run, requests of a mebibyte. Command scales is its front.
//
// Time is that of the processors which this process used, the median of many
// rounds in which everything that is compared is played in turn. Memory is
// counted after a collection.
package scale
