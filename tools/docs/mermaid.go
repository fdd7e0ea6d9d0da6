package main

import (
	"regexp"
	"strings"
)

// The kinds of diagrams that pages use, with what a line of them looks like.
// This is a check against slips: it knows no more of Mermaid than these lines,
// not whether names are declared, styles exist, or the picture is a good one.
var diagrams = map[string]*regexp.Regexp{
	"sequenceDiagram": regexp.MustCompile(`^(?:(?:participant|actor) \w+(?: as .+)?` +
		`|autonumber|title:? .+|(?:de)?activate \w+` +
		`|Note (?:(?:left|right) of \w+|over \w+(?:, ?\w+)?): .+` +
		`|\w+ ?--?(?:>>?|x|\)) ?[+-]?\w+ ?: .+` +
		`|(?:alt|opt|loop|par|critical|break|rect|else|and|option|box)\b.*|end)$`),
	"flowchart":       regexp.MustCompile(`^(?:subgraph .+|end|direction (?:TB|TD|BT|LR|RL)|(?:classDef|class|style|linkStyle|click) .+|` + chain + `)$`),
	"graph":           regexp.MustCompile(`^(?:subgraph .+|end|direction (?:TB|TD|BT|LR|RL)|(?:classDef|class|style|linkStyle|click) .+|` + chain + `)$`),
	"stateDiagram-v2": regexp.MustCompile(`^(?:(?:\[\*\]|\w+) --> (?:\[\*\]|\w+)(?: ?: ?.+)?|\w+ ?: ?.+|state .+|\}|direction \w+|[Nn]ote .+|end note)$`),
}

// A chain is nodes with arrows between: a["text"] -->|"text"| b{"text"}.
const (
	nodes = node + `(?: & ` + node + `)*`
	node  = `[\w.-]*\w(?:\(\[.+?\]\)|\[\[.+?\]\]|\[\(.+?\)\]|\(\(.+?\)\)|\{\{.+?\}\}|\[.+?\]|\(.+?\)|\{.+?\}|>.+?\])?(?::::\w+)?`
	arrow = ` ?(?:<?(?:-->|---|-\.->|-\.-|==>|===|--x|--o)(?: ?\|[^|]+\|)?|-- [^-].*? -->|-\. .+? \.->|== .+? ==>) ?`
	chain = nodes + `(?:` + arrow + nodes + `)*;?`
)

var (
	opens  = regexp.MustCompile(`^(?:subgraph|alt|opt|loop|par|critical|break|rect|box)\b`)
	quoted = regexp.MustCompile(`"[^"]*"`)
)

// mermaid checks the first line, the lines, and what opens and ends.
func (c *checker) mermaid(b *block) {
	var lines *regexp.Regexp
	depth := 0
	for i, row := range strings.Split(b.text, "\n") {
		row = strings.TrimSpace(row)
		at := b.first + i
		if row == "" || strings.HasPrefix(row, "%%") {
			continue
		}
		if lines == nil {
			kind, _, _ := strings.Cut(row, " ")
			if lines = diagrams[kind]; lines == nil {
				c.at(b.page, at, "%q is no kind of diagram that is known here: %s", kind, strings.Join(sortedKeys(diagrams), ", "))
				return
			}
			continue
		}
		switch {
		case opens.MatchString(row):
			depth++
		case row == "end":
			depth--
		}
		if bare := quoted.ReplaceAllString(row, `"t"`); strings.Count(bare, `"`)%2 != 0 || !lines.MatchString(bare) {
			c.at(b.page, at, "is no line of this diagram that is known here: %s", row)
		}
		if depth < 0 {
			c.at(b.page, at, "ends what was not begun")
			return
		}
	}
	switch {
	case lines == nil:
		c.at(b.page, b.line, "the diagram is empty")
	case depth > 0:
		c.at(b.page, b.line, "something is begun that does not end")
	}
}
