package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	concors "github.com/concors/concors/core"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaFile describes policy files to editors.
const schemaFile = "docs/policy.schema.json"

// openSchema compiles the schema of policy files, if the project has one.
func openSchema(t *tree) (*jsonschema.Schema, error) {
	if !t.files[schemaFile] {
		return nil, nil
	}
	data, err := t.read(schemaFile)
	if err != nil {
		return nil, err
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaFile, schema); err != nil {
		return nil, err
	}
	return compiler.Compile(schemaFile)
}

// json builds a policy of the block. Behind it may stand the error that it
// must be refused with.
func (c *checker) json(b, next *block) {
	if _, other := b.marker("not a policy"); other {
		if !json.Valid([]byte(b.text)) {
			c.at(b.page, b.line, "is no JSON")
		}
		return
	}
	_, refused := follows(next, "refused")
	if refused && ownPolicy(next) != "" {
		refused = false
	}
	err := accept(b.text)
	switch {
	case refused && err == nil:
		c.at(b.page, b.line, "the policy is accepted, but the text at line %d says that it is refused", next.line)
	case refused:
		c.sameError(next, err)
	case err != nil:
		c.at(b.page, b.line, "the policy is refused: %s", indented(err.Error()))
	default:
		c.bySchema(b)
	}
}

// bySchema holds an accepted policy to the schema too.
func (c *checker) bySchema(b *block) {
	if c.schema == nil {
		return
	}
	policy, err := jsonschema.UnmarshalJSON(strings.NewReader(b.text))
	if err == nil {
		err = c.schema.Validate(policy)
	}
	var invalid *jsonschema.ValidationError
	if errors.As(err, &invalid) {
		invalid.SchemaURL = schemaFile // else a path of this machine
	}
	if err != nil {
		c.at(b.page, b.line, "the policy is accepted, but not by %s: %s", schemaFile, indented(err.Error()))
	}
}

// accept says what a program says about a policy file.
func accept(policy string) error {
	cfg, err := concors.ParseConfig([]byte(policy))
	if err != nil {
		return err
	}
	_, err = concors.NewPolicy(cfg)
	return err
}

// ownPolicy is the policy that a `refused` marker has itself, for a text that
// stands alone.
func ownPolicy(b *block) string {
	m, _ := b.marker("refused")
	return m.value
}

// sameError wants a text to be what err says, line for line.
func (c *checker) sameError(b *block, err error) {
	if got, want := err.Error(), strings.TrimRight(b.text, "\n"); got != want {
		c.at(b.page, b.line, "the policy is refused with another text: %s", indented(got))
	}
}

// indented sets a text of several lines off from the fault that quotes it.
func indented(text string) string {
	text = strings.TrimRight(text, "\n")
	if !strings.Contains(text, "\n") {
		return text
	}
	return "\n\t" + strings.ReplaceAll(text, "\n", "\n\t")
}
