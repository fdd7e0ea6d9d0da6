// Package cost measures what an answer costs: on each router without CORS, at
// the floor, with Concors, and with the CORS middleware that people use today.
// Command costs is its front; README.md of this folder says how it measures and
// what the columns mean.
package cost
