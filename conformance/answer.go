package conformance

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Bounds for what a server may send: far more than any case asks for, so that
// a runaway server fails instead of filling the memory.
const (
	maxAnswerHead = 1 << 20
	maxAnswerBody = 1 << 20
)

// An answer is a response as it came: field lines in order, names as spelled.
type answer struct {
	proto  string // HTTP/1.1 or HTTP/1.0
	status int
	text   string // the status line
	fields []field
	body   []byte
	last   bool // the connection ends with it
}

// values returns the values of the lines of one field, named without case.
func (a *answer) values(name string) []string {
	var out []string
	for _, f := range a.fields {
		if strings.EqualFold(f.name, name) {
			out = append(out, f.value)
		}
	}
	return out
}

// lists reports whether a comma-separated field has the element.
func (a *answer) lists(name, element string) bool {
	return slices.ContainsFunc(a.values(name), func(v string) bool {
		return slices.Contains(splitNames(v), element)
	})
}

// A budget counts down the bytes that may still be read.
type budget int

// line reads one line, which ends with CR LF.
func (left *budget) line(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if *left -= budget(len(part)); *left < 0 {
			return "", errors.New("the answer has no end")
		}
		line = append(line, part...)
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return "", unexpected(err)
		}
	}
	text, ok := strings.CutSuffix(string(line), "\r\n")
	if !ok {
		return "", fmt.Errorf("line %q does not end with CR LF", cut(string(line)))
	}
	return text, nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readAnswer reads the final answer to a request with this method.
func readAnswer(r *bufio.Reader, method string) (*answer, error) {
	left := budget(maxAnswerHead)
	for {
		a, err := readHead(r, &left)
		if err != nil {
			return nil, fmt.Errorf("reading the head of the answer: %w", err)
		}
		// Interim answers precede the one that counts (RFC 9110, section 15.2).
		if a.status >= 200 || a.status == 101 {
			if err := a.readBody(r, method); err != nil {
				return nil, fmt.Errorf("reading the body of the answer %q: %w", a.text, err)
			}
			return a, nil
		}
	}
}

func readHead(r *bufio.Reader, left *budget) (*answer, error) {
	line, err := left.line(r)
	if err != nil {
		return nil, err
	}
	a := &answer{text: line}
	proto, rest, _ := strings.Cut(line, " ")
	digits, _, _ := strings.Cut(rest, " ")
	a.proto = proto
	a.status, err = strconv.Atoi(digits)
	if err != nil || len(digits) != 3 || a.status < 100 || proto != "HTTP/1.1" && proto != "HTTP/1.0" {
		return nil, fmt.Errorf("status line %q", cut(line))
	}
	for {
		line, err := left.line(r)
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		f, err := parseField(line)
		if err != nil {
			return nil, err
		}
		f.value = strings.Trim(f.value, " \t")
		a.fields = append(a.fields, f)
	}
	a.last = a.lists("Connection", "close") || a.proto == "HTTP/1.0" && !a.lists("Connection", "keep-alive")
	return a, nil
}

// readBody reads what follows the head (RFC 9112, section 6.3).
func (a *answer) readBody(r *bufio.Reader, method string) (err error) {
	lengths := a.values("Content-Length")
	switch {
	case method == "HEAD" || a.status < 200 || a.status == 204 || a.status == 304:
		return nil
	case a.lists("Transfer-Encoding", "chunked"):
		a.body, err = readChunks(r)
		return err
	case len(lengths) > 1:
		return fmt.Errorf("%d lines of Content-Length", len(lengths))
	case len(lengths) == 1:
		n, err := strconv.ParseUint(lengths[0], 10, 31)
		if err != nil || n > maxAnswerBody {
			return fmt.Errorf("content length %q", cut(lengths[0]))
		}
		a.body = make([]byte, n)
		_, err = io.ReadFull(r, a.body)
		return unexpected(err)
	}
	a.last = true
	a.body, err = io.ReadAll(io.LimitReader(r, maxAnswerBody+1))
	if err == nil && len(a.body) > maxAnswerBody {
		err = errors.New("the answer has no end")
	}
	return err
}

// readChunks reads the chunked coding (RFC 9112, section 7.1). Extensions and
// trailers are read over.
func readChunks(r *bufio.Reader) ([]byte, error) {
	left := budget(maxAnswerHead)
	var body []byte
	for {
		line, err := left.line(r)
		if err != nil {
			return nil, err
		}
		digits, _, _ := strings.Cut(line, ";")
		n, err := strconv.ParseUint(strings.Trim(digits, " \t"), 16, 31)
		if err != nil || len(body)+int(n) > maxAnswerBody {
			return nil, fmt.Errorf("chunk size %q", cut(line))
		}
		if n == 0 {
			break
		}
		start := len(body)
		body = append(body, make([]byte, n)...)
		if _, err := io.ReadFull(r, body[start:]); err != nil {
			return nil, unexpected(err)
		}
		if line, err = left.line(r); err != nil {
			return nil, err
		}
		if line != "" {
			return nil, fmt.Errorf("chunk ends with %q", cut(line))
		}
	}
	for {
		if line, err := left.line(r); err != nil || line == "" {
			return body, err
		}
	}
}
