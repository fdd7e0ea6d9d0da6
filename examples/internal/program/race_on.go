//go:build race

package program

// The programs look for races when the tests that start them do.
const raceDetector = true
