package scale

import (
	"fmt"
	"strings"

	concors "github.com/concors/concors/core"
)

// A hostile request wants to cost much.
type hostile struct {
	id, what string
	config   func() concors.Config
	text     func(size int) string // size is that of its hostile part, in bytes
	largest  int
	want     concors.Reason
	isOdd    bool // no policy looks like that: what it costs is only shown
}

const mebibyte = 1 << 20

// usualNames is what a browser asks for.
const usualNames = "authorization,content-type"

func full() concors.Config {
	return concors.Config{
		AllowOrigins: []string{page}, AllowMethods: []string{"PUT", "DELETE"},
		AllowHeaders: []string{"Content-Type", "Authorization"}, MaxAge: 600,
	}
}

// twenty lists so many names that they are looked up by hash.
func twenty() concors.Config {
	config := full()
	for i := range 18 {
		config.AllowHeaders = append(config.AllowHeaders, fmt.Sprintf("X-Custom-%d", i))
	}
	return config
}

func reflecting() concors.Config {
	config := full()
	config.AllowHeaders, config.AllowCredentials = []string{"*"}, true
	return config
}

const wildcards = 100_000

func usualWildcards() concors.Config { return besides(list(wildcardFormat, wildcards)) }

// oddWildcards have 3 to 102 labels. A host is looked up at each of these
// depths, so this is the most that one can cost.
func oddWildcards() concors.Config {
	entries := list(wildcardFormat, wildcards)
	for i, entry := range entries {
		entries[i] = strings.Replace(entry, "*.", "*."+strings.Repeat("b.", i%100), 1)
	}
	return besides(entries)
}

func besides(entries []string) concors.Config {
	config := full()
	config.AllowOrigins = append(config.AllowOrigins, entries...)
	return config
}

// repeated asks for the element again and again.
func repeated(element string) func(size int) string {
	return func(size int) string {
		return preflight(page, strings.Repeat(element, size/len(element)))
	}
}

// between puts it between two names: net/http trims both ends of a line.
func between(element string) func(size int) string {
	return func(size int) string {
		half := strings.Repeat(element, size/2/len(element))
		return preflight(page, "content-type"+half+","+half+"content-type")
	}
}

// inLines repeats the whole line. What a line has besides its value counts.
func inLines(value string) func(size int) string {
	return func(size int) string {
		lines := make([]string, size/len(namesField+value+"\r\n"))
		for i := range lines {
			lines[i] = value
		}
		return preflight(page, lines...)
	}
}

func longHost(size int) string { return preflight("https://"+strings.Repeat("a", size), usualNames) }

// manyLabels fills the host with labels of one byte.
func manyLabels(size int) string {
	return preflight("https://"+strings.Repeat("a.", size/2)+"a", usualNames)
}

// longestHost is a host of 127 labels, in bytes.
const longestHost = 253

func hostiles() []hostile {
	allowed, refused, malformed := concors.ReasonAllowed, concors.ReasonOriginNotAllowed, concors.ReasonOriginMalformed
	return []hostile{
		{"same", "ACRH, one name repeated", full, repeated("content-type,"), mebibyte, allowed, false},
		{"capitals", "ACRH, one name in capitals repeated", full, repeated("CONTENT-TYPE,"), mebibyte, allowed, false},
		{"twenty", "ACRH, one of 20 names repeated", twenty, repeated("content-type,"), mebibyte, allowed, false},
		{"blanks", "ACRH, blanks", full, between(" "), mebibyte, allowed, false},
		{"commas", "ACRH, commas", full, repeated(","), mebibyte, allowed, false},
		{"mixed", "ACRH, blanks, tabs and commas", full, repeated(" \t,"), mebibyte, allowed, false},
		{"lines", "ACRH, lines of one name", full, inLines("content-type"), mebibyte, allowed, false},
		{"empty-lines", "ACRH, empty lines", full, inLines(""), mebibyte, allowed, false},
		{"reflected", "ACRH, commas, names reflected", reflecting, repeated(","), mebibyte, allowed, false},
		{"origin", "origin, one long label", full, longHost, mebibyte / 16, malformed, false},
		{"labels", "origin, labels of a byte, 100,000 wildcards", usualWildcards, manyLabels, longestHost, refused, false},
		{"depths", "the same, wildcards of 3 to 102 labels", oddWildcards, manyLabels, longestHost, refused, true},
	}
}

// hostiles measures all of them.
func (m *measurement) hostiles() error {
	for _, h := range hostiles() {
		if !m.begins("hostile/" + h.id) {
			continue
		}
		policy, err := concors.NewPolicy(h.config())
		if err != nil {
			return err
		}
		m.hostile(h, policy)
	}
	return m.usual()
}

func (m *measurement) hostile(h hostile, policy *concors.Policy) {
	whole, quarter, usual := h.text(h.largest), h.text(h.largest/4), preflight(page, usualNames)
	took := rounds(m.Rounds, reads(whole), answers(policy, whole), answers(policy, quarter))
	id, what := "hostile/"+h.id, h.what+" ("+size(h.largest)+")"
	share := bar{most: reading}
	if h.isOdd {
		share = bar{}
	}
	m.report.addWith(share, id+"/share", what+": of reading it", percent, ratio(took[1], took[0]))
	m.report.addWith(bar{most: linear}, id+"/slope", what+": a byte, to one of a quarter", quotient,
		ratio(took[1], took[2]).times(float64(h.largest/4)/float64(h.largest)))
	used, _ := allocated(answers(policy, whole))
	ordinary, _ := allocated(answers(policy, usual))
	m.report.addWith(bar{most: ordinary}, id+"/memory", what+": memory", bytes, once(used))
}

// usual is for comparison: of a short request, an answer is a larger part.
func (m *measurement) usual() error {
	if !m.begins("hostile/usual") {
		return nil
	}
	policy, err := concors.NewPolicy(full())
	if err != nil {
		return err
	}
	text := preflight(page, usualNames)
	took := rounds(m.Rounds, reads(text), answers(policy, text))
	m.report.add("hostile/usual/share", "an ordinary preflight: of reading it", percent, ratio(took[1], took[0]))
	return nil
}

func size(n int) string {
	switch {
	case n >= mebibyte:
		return fmt.Sprint(n/mebibyte, " MiB")
	case n >= 1024:
		return fmt.Sprint(n/1024, " KiB")
	}
	return fmt.Sprint(n, " B")
}
