package sources

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"regexp"

	"go.yaml.in/yaml/v2" // what sigs.k8s.io/yaml reads with
	k8syaml "sigs.k8s.io/yaml"

	concors "github.com/concors/concors/core"
)

// ForFile returns what reads a policy file of that name: [YAML] for .yaml and
// .yml, and [concors.ParseConfig] for any other.
func ForFile(name string) func(data []byte) (concors.Config, error) {
	switch filepath.Ext(name) {
	case ".yaml", ".yml":
		return YAML
	}
	return concors.ParseConfig
}

// YAML reads a policy in YAML. It is turned into JSON, which ParseConfig judges,
// so that the same keys and types are asked for; repeated keys and a second
// document are refused before, because the JSON would not show them.
//
// A fault has no line and column: those of the JSON mean nothing to who wrote
// the YAML, and its keys are in another order. The field says where to look.
// Syntax errors and repeated keys have their line in the message. YAML 1.1 has
// its say before ParseConfig: yes and on are true, 010 is 8, 2e2 is 200,
// and a lone * must be quoted.
//
// Replace such a file in one step, by a rename or a ConfigMap: unlike JSON, the
// first half of a YAML file can be a policy.
func YAML(data []byte) (concors.Config, error) {
	var all []error
	text, err := k8syaml.YAMLToJSONStrict(data)
	if repeated := (*yaml.TypeError)(nil); errors.As(err, &repeated) {
		all = append(all, err)
		text, err = k8syaml.YAMLToJSON(data) // for the faults that it has besides
	}
	if err != nil {
		return concors.Config{}, errors.Join(append(all, err)...)
	}
	if several(data) {
		all = append(all, errors.New("yaml: a second document behind the policy: remove it"))
	}
	cfg, err := concors.ParseConfig(text)
	if err != nil {
		all = append(all, unplaced(err))
	}
	if len(all) > 0 {
		return concors.Config{}, errors.Join(all...)
	}
	return cfg, nil
}

// several reports whether there is a second document. Reading stops at the end
// of the first one otherwise.
func several(data []byte) bool {
	documents := yaml.NewDecoder(bytes.NewReader(data))
	var first, second any
	if err := documents.Decode(&first); err != nil {
		return false // and told elsewhere
	}
	return !errors.Is(documents.Decode(&second), io.EOF)
}

// place is where a hint says that a key stands in another spelling.
var place = regexp.MustCompile("^line [0-9]+, column [0-9]+ has")

func unplaced(err error) error {
	var faults concors.ConfigErrors
	if errors.As(err, &faults) {
		for _, fault := range faults {
			fault.Line, fault.Column = 0, 0
			fault.Hint = place.ReplaceAllString(fault.Hint, "the file has")
		}
	}
	return err
}
