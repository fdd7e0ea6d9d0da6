package cost

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// sample is a report of two rows and a feature, made up.
func sample() *Report {
	quiet := spread{0.98, 1, 1.02, 300}
	one := &Result{
		Router: "gin", ID: "not-cors", Name: "not CORS, GET", Control: quiet, Noise: 0.02,
		CPU:    map[string]spread{ours: {Median: 212.4}},
		Ratio:  map[string]spread{floored: {Median: 1.2}, "gin-contrib/cors": {Median: 2.03}, bare: {Median: 3.1}},
		Added:  memory{1, 16},
		Budget: &memory{1, 16},
		Absent: []string{"somebody would need several GB"},
	}
	one.judge([]bar{{column: floored, most: 1.35}, {column: "gin-contrib/cors", most: 2}}, nil)
	two := &Result{
		Router: "gin", ID: "same-64k", Name: "ACRH: 64 KiB of one name", Control: spread{1, 1.05, 1.1, 300}, Noise: 0.05,
		CPU:    map[string]spread{ours: {Median: 40_000}},
		Ratio:  map[string]spread{floored: {Median: 150}, "gin-contrib/cors": {Median: 0.0042}, reading: {Median: 0.1}},
		Added:  memory{2, 80},
		Budget: &memory{1, 80},
	}
	two.judge([]bar{{column: perByte, most: 0.6}, {column: reading, most: 0.15}}, map[string]float64{perByte: 0.61})
	feature := &Result{
		Router: "fiber", ID: "observer", Name: "observer", Control: quiet, Noise: 0.02,
		CPU:   map[string]spread{featured: {Median: 1500}},
		Ratio: map[string]spread{plain: {Median: 1.4}},
		Added: memory{5, 64},
	}
	return &Report{Go: "go1.26.8", Processors: 2, Rounds: 300, Rows: []*Result{one, two}, Features: []*Result{feature}}
}

const sampleTables = `
gin                       allocs   bytes    ns     × floor     × gin-contrib/cors  × bare  control        verdict
not CORS, GET             1 / 1    16 / 16  212    1.2 / 1.35  2.03 / 2 ~ (a)      3.1     1.000 ± 2 %    over, but within the noise
ACRH: 64 KiB of one name  2 / 1 !  80 / 80  40000  150         0.0042 (de)                 1.050 ± 5 % ?  missed

hostile                   ns a byte     ns a line  × ReadRequest
ACRH: 64 KiB of one name  0.61 / 0.6 ?             0.1 / 0.15 ?

a: leaves out Vary
d: does not read what the preflight asks for
e: gives all responses the same slices, which any handler can overwrite
not CORS, GET: somebody would need several GB

feature   router  allocs  bytes  ns    × plain  control      verdict
observer  fiber   5       64     1500  1.4      1.000 ± 2 %  kept

Rows: 3. Kept: 1. Over, but within the noise: 1. Missed: 1.
Rows too noisy to judge by ratio: 1.
`

func TestTable(t *testing.T) {
	var b strings.Builder
	if err := sample().Table(&b, false); err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(b.String(), "fails nothing.\n")
	if got != sampleTables {
		t.Errorf("tables\n%s\nwant\n%s", got, sampleTables)
	}
}

func TestMarkdown(t *testing.T) {
	var b strings.Builder
	if err := sample().Table(&b, true); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\n\n| hostile | ns a byte | ns a line | × ReadRequest |\n| --- | --- | --- | --- |\n| ACRH: 64 KiB of one name | 0.61 / 0.6 ? |  | 0.1 / 0.15 ? |\n\n",
		"\n\na: leaves out Vary\n\nd: ",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no\n%s\nin\n%s", want, b.String())
		}
	}
}

func TestMissed(t *testing.T) {
	r := sample()
	if got := r.Missed(); got != 1 {
		t.Errorf("%d rows missed, want the one that allocates too much", got)
	}
	r.Rows[1].Added.Allocations = 1
	if got := r.Missed(); got != 0 {
		t.Errorf("%d rows missed, want none", got)
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	if err := sample().JSON(&b); err != nil {
		t.Fatal(err)
	}
	var got Report
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if s := got.Rows[0].Ratio["gin-contrib/cors"]; s.Median != 2.03 {
		t.Errorf("the ratio reads %v, want 2.03", s)
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrors(t *testing.T) {
	if err := sample().Table(fullDisk{}, false); !errors.Is(err, errFull) {
		t.Errorf("error %v, want %v", err, errFull)
	}
	if err := sample().JSON(fullDisk{}); !errors.Is(err, errFull) {
		t.Errorf("error %v, want %v", err, errFull)
	}
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 1: "1", 1.5: "1.5", 0.75: "0.75", 12.345: "12.35", 100: "100", 1234.5: "1234", 0.0333: "0.033", 0.00001: "1e-05", 0.1: "0.1", 10: "10",
	} {
		if got := number(x); got != want {
			t.Errorf("number(%v) = %q, want %q", x, got, want)
		}
	}
	if got := grouped(1_000_000) + " " + grouped(10); got != "1,000,000 10" {
		t.Errorf("grouped gives %q", got)
	}
}
