package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/concors/concors/migrate/internal/testprogram"
)

// printed is the part of a place that this file compares.
type printed struct {
	File           string
	Line           int
	Config, Option string
	Policy         json.RawMessage
	Refused        []string
}

// TestPrintedConfigs builds what is printed and known whole: it compiles, and
// core accepts it, or refuses it with the faults that are printed.
func TestPrintedConfigs(t *testing.T) {
	work := os.Environ() // here core is found by the workspace
	out, errs, _ := output(t, "-C", "testdata/programs", "-json")
	var places []printed
	if err := json.Unmarshal([]byte(out), &places); err != nil {
		t.Fatal(err, errs)
	}
	places = slices.DeleteFunc(places, func(p printed) bool { return p.Policy == nil })
	if len(places) < 15 {
		t.Fatalf("%d places are known whole; the programs hold more", len(places))
	}
	file := filepath.Join(t.TempDir(), "main.go")
	testprogram.Write(t, filepath.Dir(file), map[string]string{"main.go": program(places)})
	command := exec.Command("go", "run", file)
	command.Env = work
	built, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, built, program(places))
	}
	answers := strings.Split(strings.TrimSuffix(string(built), "\x00"), "\x00")
	if len(answers) != len(places) {
		t.Fatalf("%d answers for %d places", len(answers), len(places))
	}
	for i, p := range places {
		if want := strings.Join(p.Refused, "\n"); answers[i] != want {
			t.Errorf("%s:%d: core says %q, printed is %q", p.File, p.Line, answers[i], want)
		}
	}
}

// program prints what core says about each Config, ended by a zero byte.
func program(places []printed) string {
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\n\tconcors \"github.com/concors/concors/core\"\n)\n\n" +
		"func nobody(context.Context, concors.Origin, concors.Request) bool { return false }\n\nfunc main() {\n")
	for _, p := range places {
		option := "nil"
		if p.Option != "" {
			option = "concors.WithOriginFunc(nobody)"
		}
		fmt.Fprintf(&b, "\tsay(concors.NewPolicy(%s, %s))\n", p.Config, option)
	}
	b.WriteString("}\n\nfunc say(_ *concors.Policy, err error) {\n\tif err != nil {\n\t\tfmt.Print(err)\n\t}\n\tfmt.Print(\"\\x00\")\n}\n")
	return b.String()
}
