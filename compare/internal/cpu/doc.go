// Package cpu is the clock of what this module measures.
package cpu
