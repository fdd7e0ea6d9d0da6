package concors

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// maxNesting bounds the memory that nesting takes. A policy nests three deep.
const maxNesting = 1000

// A fileParser reads the tokens of a policy file and collects its faults.
//
// The decoder yields tokens only. Where one stands, and why none can be read,
// is worked out here: offsets and messages of encoding/json's syntax errors
// differ between its implementations, and few of them say what to do.
type fileParser struct {
	data   []byte
	dec    *json.Decoder
	begin  int // where the decoder begins, behind a byte-order mark
	faults ConfigErrors

	token      json.Token // the last token
	start, end int        // where it stands in data

	open   []int // offsets of the braces and brackets that are not closed
	isKey  bool  // the last token is a key
	opened bool  // the last token is an opening brace or bracket

	line, lineStart, counted int // the line in which offset counted stands
}

func newFileParser(data []byte) *fileParser {
	p := &fileParser{data: data, line: 1}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		p.begin = 3
		p.end = 3
	}
	p.dec = json.NewDecoder(bytes.NewReader(data[p.begin:]))
	// As a float64, 1e400 is an error and 600.0 is 600.
	p.dec.UseNumber()
	return p
}

// next reads a token, or reports why there is none.
func (p *fileParser) next() bool {
	token, err := p.dec.Token()
	if err != nil {
		p.syntaxFault()
		return false
	}
	// What the decoder has skipped, the grammar allowed.
	p.start = p.skipBytes(p.end, " \t\r\n,:")
	p.end = p.begin + int(p.dec.InputOffset())
	key := p.inObject() && !p.isKey
	p.token, p.isKey, p.opened = token, false, false
	switch token {
	case json.Delim('{'), json.Delim('['):
		if len(p.open) == maxNesting {
			p.fault(ProblemSyntax, "", string(p.data[p.start:p.end]), "a policy does not nest so deep")
			return false
		}
		p.open = append(p.open, p.start)
		p.opened = true
	case json.Delim('}'), json.Delim(']'):
		p.open = p.open[:len(p.open)-1]
	default:
		p.isKey = key
	}
	return true
}

// fileEnd reports what follows the policy.
func (p *fileParser) fileEnd() bool {
	policyEnd := p.placeName(p.end - 1)
	p.start = p.skipBytes(p.end, jsonSpace)
	if p.start < len(p.data) {
		p.fault(ProblemTrailingData, "", string(p.data[p.start:]), "remove what stands behind "+policyEnd)
	}
	return true
}

// jsonSpace is the white space of JSON (RFC 8259, section 2).
const jsonSpace = " \t\r\n"

func (p *fileParser) skipBytes(offset int, set string) int {
	for offset < len(p.data) && strings.IndexByte(set, p.data[offset]) >= 0 {
		offset++
	}
	return offset
}

// keysFollow reports whether the value of the key last read is an object that
// is not empty.
func (p *fileParser) keysFollow() bool {
	open := p.skipBytes(p.end, jsonSpace+":")
	if !bytes.HasPrefix(p.data[open:], []byte("{")) {
		return false
	}
	return !bytes.HasPrefix(p.data[p.skipBytes(open+1, jsonSpace):], []byte("}"))
}

func (p *fileParser) inObject() bool {
	return len(p.open) > 0 && p.data[p.open[len(p.open)-1]] == '{'
}

// fault records a fault at the token last read.
func (p *fileParser) fault(problem Problem, field, value, hint string) *ConfigError {
	line, column := p.place(p.start)
	fault := &ConfigError{
		Field: field, Value: value, Problem: problem, Hint: hint, Line: line, Column: column,
	}
	p.faults = append(p.faults, fault)
	return fault
}

// place returns line and column of an offset. Offsets must not decrease, so
// that the lines of a file are counted once.
func (p *fileParser) place(offset int) (line, column int) {
	passed := p.data[p.counted:offset]
	if last := bytes.LastIndexByte(passed, '\n'); last >= 0 {
		p.line += bytes.Count(passed, []byte{'\n'})
		p.lineStart = p.counted + last + 1
	}
	p.counted = offset
	return p.line, offset - p.lineStart + 1
}

func (p *fileParser) placeName(offset int) string {
	line, column := p.place(offset)
	return "line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column)
}
