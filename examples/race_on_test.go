//go:build race

package examples

// The programs look for races when their tests do.
const raceDetector = true
