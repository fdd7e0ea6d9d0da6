package cost

import (
	"io"
	"slices"
)

// Table writes the tables, as text or in Markdown.
func (r *Report) Table(w io.Writer, markdown bool) error {
	p := &printer{w: w, isMarkdown: markdown}
	fields := "the fields that CORS reads"
	if r.Browser {
		fields = "those of a browser"
	}
	p.line("%s, %d processors, %d rounds; requests have %s.", r.Go, r.Processors, r.Rounds, fields)
	p.line("a / b: measured a, and at most b is allowed. CPU time of ours, in ns; ratios are ours to the column. [b]: what fiber aims at.")
	p.line("~ over, but within the noise; ! missed; ? too noisy to judge; (b) is indicative and fails nothing.")
	for _, l := range lanes() {
		r.router(p, l)
	}
	r.features(p)
	r.summary(p)
	return p.err
}

// of picks the results of a router.
func of(results []*Result, router string) []*Result {
	var list []*Result
	for _, result := range results {
		if result.Router == router {
			list = append(list, result)
		}
	}
	return list
}

func (r *Report) router(p *printer, l lane) {
	results := of(r.Rows, l.router)
	if len(results) == 0 {
		return
	}
	columns := []string{floored}
	for _, peer := range l.peers {
		columns = append(columns, peer.name)
	}
	columns = append(columns, bare)
	head := []string{l.router, "allocs", "bytes", "ns"}
	for _, c := range columns {
		head = append(head, "× "+c)
	}
	rows := [][]string{append(head, "control", "verdict")}
	for _, result := range results {
		row := []string{result.Name}
		row = append(row, result.memoryCells()...)
		row = append(row, number(result.CPU[ours].Median))
		for _, c := range columns {
			row = append(row, result.cell(c))
		}
		rows = append(rows, append(row, result.controlCell(), string(result.Verdict())))
	}
	p.table(rows)
	r.hostile(p, results)
	for _, note := range notes(l, results) {
		p.line("%s", note)
	}
}

// hostile adds what counts for requests that want to cost much.
func (r *Report) hostile(p *printer, results []*Result) {
	rows := [][]string{{"hostile", "ns a byte", "ns a line", "× " + reading}}
	for _, result := range results {
		if slices.ContainsFunc(result.Finding, func(f finding) bool { return f.Column == perByte || f.Column == perLine }) {
			rows = append(rows, []string{result.Name, result.cell(perByte), result.cell(perLine), result.cell(reading)})
		}
	}
	if len(rows) > 1 {
		p.table(rows)
	}
}

func (r *Report) features(p *printer) {
	if len(r.Features) == 0 {
		return
	}
	rows := [][]string{{"feature", "router", "allocs", "bytes", "ns", "× plain", "control", "verdict"}}
	for _, result := range r.Features {
		row := append([]string{result.Name, result.Router}, result.memoryCells()...)
		rows = append(rows, append(row, number(result.CPU[featured].Median), result.cell(plain), result.controlCell(), string(result.Verdict())))
	}
	p.table(rows)
}
