package conformance

import (
	"errors"
	"strconv"
	"strings"
)

// maxExpanded bounds what one line expands to: a slip in a count must not eat
// the machine's memory. The longest request head that a case may send is
// shorter.
const maxExpanded = 2 << 20

// expand replaces the escapes of Go's string literals in a line, and every
// {{repeat N "text"}} by N times the text.
func expand(line string) (string, error) {
	var b strings.Builder
	for line != "" {
		if b.Len() > maxExpanded {
			return "", errors.New("the line becomes too long")
		}
		if rest, ok := strings.CutPrefix(line, "{{"); ok {
			text, after, err := repeated(rest)
			if err != nil {
				return "", err
			}
			b.WriteString(text)
			line = after
			continue
		}
		r, multibyte, rest, err := strconv.UnquoteChar(line, 0)
		if err != nil {
			return "", errors.New("bad escape at " + strconv.Quote(cut(line)))
		}
		// UnquoteChar tells the byte \x80 from the character \u0080 by
		// multibyte alone.
		if multibyte {
			b.WriteRune(r)
		} else {
			b.WriteByte(byte(r))
		}
		line = rest
	}
	return b.String(), nil
}

// repeated reads what follows "{{" and returns what it stands for and the rest
// of the line.
func repeated(s string) (text, rest string, err error) {
	fault := errors.New(`want {{repeat N "text"}} at ` + strconv.Quote(cut("{{"+s)))
	s, ok := strings.CutPrefix(s, "repeat ")
	if !ok {
		return "", "", fault
	}
	count, s, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 {
		return "", "", fault
	}
	quoted, err := strconv.QuotedPrefix(s)
	if err != nil {
		return "", "", fault
	}
	rest, ok = strings.CutPrefix(s[len(quoted):], "}}")
	if !ok {
		return "", "", fault
	}
	text, err = strconv.Unquote(quoted)
	if err != nil || text == "" {
		return "", "", fault
	}
	if n > maxExpanded/len(text) {
		return "", "", errors.New("the line becomes too long")
	}
	return strings.Repeat(text, n), rest, nil
}
