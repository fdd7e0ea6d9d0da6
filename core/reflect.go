package concors

import "github.com/concors/concors/core/internal/field"

// maxReflected bounds what is written back of a request, in bytes: the header
// names, or a method.
const maxReflected = 16384

// reflect leaves the names to write back in d.header, or the one at fault: "*"
// has no meaning in an answer with credentials.
func (d *Decision) reflect(lines []string) {
	if len(lines) == 1 && len(lines[0]) <= maxReflected && field.IsTight(lines[0]) {
		d.header = lines[0] // what browsers send is as it is to be written
		return
	}
	var written reflected
	for _, line := range lines {
		written.from(line)
		for name, rest := field.Next(line); name != ""; name, rest = field.Next(rest) {
			switch {
			case !field.IsToken(name):
				d.reason = headerMalformed
			case written.add(name) > maxReflected:
				d.reason = headersTooLong
			default:
				continue
			}
			d.header = name
			return
		}
	}
	d.header = written.list(lines)
}

// reflected measures requested names before they are written back as one list.
type reflected struct {
	length int    // of the names, joined by commas
	line   string // the line that is being read
	only   string // the line that all names come from, if it is one
	lines  int    // how many lines have names
	isNew  bool   // no name was read from the present line yet
}

// from begins a line.
func (r *reflected) from(line string) {
	r.line, r.isNew = line, true
}

// add counts a name of the present line and returns the length of the list.
func (r *reflected) add(name string) int {
	if r.isNew {
		r.only, r.isNew = r.line, false
		r.lines++
	}
	if r.length > 0 {
		r.length++
	}
	r.length += len(name)
	return r.length
}

// list returns the names as one list. Names that all come from one line and
// stand there as they are to be written are not copied: cleaning takes bytes
// away and adds none, so a line of the same length is the list.
func (r *reflected) list(lines []string) string {
	if only := field.TrimOWS(r.only); r.lines <= 1 && len(only) == r.length {
		return only
	}
	return field.Join(lines, r.length)
}
