package cost

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A printer writes paragraphs and tables, and keeps the first error.
type printer struct {
	w          io.Writer
	isMarkdown bool
	last       element
	err        error
}

type element int

const (
	nothing element = iota
	lines
	aTable
)

// begin leaves a blank line where the next element needs one.
func (p *printer) begin(e element) {
	if p.last != nothing && (p.isMarkdown || e == aTable || p.last == aTable) {
		p.write("\n")
	}
	p.last = e
}

func (p *printer) write(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s)
	}
}

func (p *printer) line(format string, args ...any) {
	p.begin(lines)
	p.write(fmt.Sprintf(format+"\n", args...))
}

// table writes rows whose first one is the head: in columns, or in Markdown.
func (p *printer) table(rows [][]string) {
	p.begin(aTable)
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for i, row := range rows {
		p.row(row, widths)
		if i == 0 && p.isMarkdown {
			p.write("|" + strings.Repeat(" --- |", len(row)) + "\n")
		}
	}
}

func (p *printer) row(cells []string, widths []int) {
	if p.isMarkdown {
		p.write("| " + strings.Join(cells, " | ") + " |\n")
		return
	}
	var b strings.Builder
	for i, cell := range cells {
		b.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
	}
	p.write(strings.TrimRight(b.String(), " ") + "\n")
}
