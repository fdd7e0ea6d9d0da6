package concors

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sampleFile is what a message shows to whoever has no policy file yet.
const sampleFile = `{"allowOrigins": ["https://app.example.com"]}`

// A zero byte is mostly half a character of UTF-16.
const zeroByteHint = "a zero byte stands here; save the file as UTF-8"

// byteOrderMark reports a byte-order mark, and returns false where it is that
// of UTF-16: such a file cannot be read on.
func (p *fileParser) byteOrderMark() bool {
	mark, readable := p.data[:p.begin], true
	if bytes.HasPrefix(p.data, []byte("\xff\xfe")) || bytes.HasPrefix(p.data, []byte("\xfe\xff")) {
		mark, readable = p.data[:2], false
	}
	if len(mark) > 0 {
		p.fault(ProblemByteOrderMark, "", string(mark), "save it as UTF-8 without one")
	}
	return readable
}

// text judges the encoding of the string last read. U+FFFD is what a decoder
// makes of bytes and escapes that are no character, so it never is meant.
func (p *fileParser) text(field string) bool {
	value := p.token.(string)
	if !strings.ContainsRune(value, utf8.RuneError) {
		return true
	}
	hint := `an escape from \ud800 to \udfff needs its other half`
	raw := p.data[p.start:p.end]
	if !utf8.Valid(raw) {
		value = string(raw[1 : len(raw)-1])
		hint = invalidByteHint(raw)
	} else if bytes.ContainsRune(raw, utf8.RuneError) || bytes.Contains(bytes.ToLower(raw), []byte(`\ufffd`)) {
		hint = "U+FFFD stands for a character that was lost; write that character"
	}
	p.fault(ProblemEncoding, field, value, hint)
	return false
}

func invalidByteHint(text []byte) string {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			return fmt.Sprintf("the byte 0x%02x is not UTF-8; save the file as UTF-8", text[0])
		}
		text = text[size:]
	}
	return ""
}

// syntaxFault reports why no token follows the last one, at the first byte of
// what stands there instead.
func (p *fileParser) syntaxFault() {
	lastStart, lastEnd := p.start, p.end
	p.start = p.skipBytes(p.end, jsonSpace)
	separator := -1
	if want := p.separator(); want != "" && bytes.HasPrefix(p.data[p.start:], []byte(want)) {
		separator = p.start
		p.start = p.skipBytes(p.start+1, jsonSpace)
	}
	rest := p.data[p.start:]
	r, size := utf8.DecodeRune(rest)
	switch {
	case len(rest) == 0:
		// The place where something is missing, not that of a final newline.
		p.start = len(bytes.TrimRight(p.data, jsonSpace))
		p.fault(ProblemSyntax, "", "", p.endHint())
		return
	case r == utf8.RuneError && size == 1:
		p.fault(ProblemEncoding, "", string(rest[:1]), invalidByteHint(rest))
		return
	case separator < 0 && p.start == lastEnd && p.endsInWord() && strings.IndexByte(wordEnd, rest[0]) < 0:
		// The decoder took the 10 of 10m for a number.
		p.start = lastStart
	case separator >= 0 && p.data[separator] == ',' && (r == '}' || r == ']'):
		p.start = separator
	}
	word := p.word()
	hint := characterHint(p.data[p.start:])
	if hint == "" {
		hint = p.grammarHint(word, separator)
	}
	p.fault(ProblemSyntax, "", word, hint)
}

// separator returns what must follow the last token before another one.
func (p *fileParser) separator() string {
	switch {
	case p.isKey:
		return ":"
	case len(p.open) > 0 && !p.opened:
		return ","
	}
	return ""
}

// endsInWord reports whether the last token is a number, true, false or null.
func (p *fileParser) endsInWord() bool {
	return p.end > p.begin && strings.IndexByte("{}[]\"", p.data[p.end-1]) < 0
}

// wordEnd ends what a person may have meant as one word of JSON.
const wordEnd = jsonSpace + `,[]{}"`

// word returns the word at p.start, or the single character there.
func (p *fileParser) word() string {
	rest := p.data[p.start:]
	end := bytes.IndexAny(rest, wordEnd)
	if end < 0 {
		end = len(rest)
	}
	if p.inObject() && !p.isKey {
		if colon := bytes.IndexByte(rest[:end], ':'); colon >= 0 {
			end = colon
		}
	}
	_, size := utf8.DecodeRune(rest)
	return string(rest[:max(end, size)])
}

// characterHint names characters that are wrong wherever they stand outside
// strings.
func characterHint(rest []byte) string {
	r, _ := utf8.DecodeRune(rest)
	switch {
	case r == 0:
		return zeroByteHint
	case r == '#', bytes.HasPrefix(rest, []byte("//")), bytes.HasPrefix(rest, []byte("/*")):
		return "remove the comment; JSON has none"
	case strings.ContainsRune("'`‘’‚“”„«»", r):
		return `write double quotes (") instead`
	case r > unicode.MaxASCII || unicode.IsControl(r):
		return fmt.Sprintf("remove the character %U", r)
	}
	return ""
}

// grammarHint says what JSON asks for where the word at p.start stands.
func (p *fileParser) grammarHint(word string, separator int) string {
	wantsKey := p.inObject() && !p.isKey
	switch c := word[0]; {
	case len(p.open) == 0:
		return "a policy file is one object, such as " + sampleFile
	case c == ',':
		return "remove this comma"
	case p.isKey && (c == '}' || c == ']'):
		return "a value is missing before this"
	case c == '}' && !p.inObject(), c == ']' && p.inObject():
		return p.unclosedHint()
	case c == '}', c == ']', c == ':':
		return "a value is missing before this"
	case p.start >= p.end && separator < 0 && p.isKey:
		return "a colon is missing before this"
	case p.start >= p.end && separator < 0 && !p.opened:
		return "a comma is missing before this"
	case c == '"':
		return stringHint(p.data[p.start:])
	case wantsKey && p.start >= p.end && unicode.IsLetter(rune(c)):
		return "write " + strconv.Quote(word) + " in double quotes"
	case wantsKey && p.start >= p.end:
		return "a key in double quotes belongs here"
	}
	return wordHint(word)
}

func wordHint(word string) string {
	switch strings.ToLower(word) {
	case "true", "yes", "on":
		return "write true"
	case "false", "no", "off":
		return "write false"
	}
	if strings.IndexByte("+-.0123456789", word[0]) >= 0 {
		return strconv.Quote(word) + " is no JSON number; write plain digits, such as 600"
	}
	return strconv.Quote(word) + " is no JSON value; write strings in double quotes"
}

// stringHint says why text, which begins with a quote, holds no whole string.
func stringHint(text []byte) string {
	for i := 1; i < len(text) && text[i] != '"'; i++ {
		switch c := text[i]; {
		case c == 0:
			return zeroByteHint
		case c == '\n' || c == '\r':
			return "the string is not closed on its line"
		case c < ' ':
			return fmt.Sprintf(`write \u%04x for the control character in the string`, c)
		case c == '\\':
			i++
			if rest := text[i:]; len(rest) > 0 && !isEscape(rest) {
				r, _ := utf8.DecodeRune(rest)
				if r == 'u' {
					return `\u takes four hexadecimal digits; a backslash is written \\`
				}
				if !unicode.IsPrint(r) {
					return `a backslash is written \\`
				}
				return `\` + string(r) + ` is no escape; a backslash is written \\`
			}
		}
	}
	return "the string is not closed"
}

// isEscape reports whether text is what may follow a backslash.
func isEscape(text []byte) bool {
	if text[0] != 'u' {
		return strings.IndexByte(`"\/bfnrt`, text[0]) >= 0
	}
	if len(text) < 5 {
		return false
	}
	_, err := strconv.ParseUint(string(text[1:5]), 16, 16)
	return err == nil
}

func (p *fileParser) endHint() string {
	if len(p.open) == 0 {
		return "the file is empty; write a policy, such as " + sampleFile
	}
	return p.unclosedHint()
}

func (p *fileParser) unclosedHint() string {
	at := p.open[len(p.open)-1]
	line := 1 + bytes.Count(p.data[:at], []byte{'\n'})
	return fmt.Sprintf("the %q of line %d is not closed", p.data[at:at+1], line)
}
