package conformance

import concors "github.com/concors/concors/core"

// What the tests in conformance_test need beyond the exported names.

func ReadCases() ([]*testCase, error) { return readCases(Cases()) }

func ParseCase(name, data string) (*testCase, error) { return parseCase(name, data) }

func (c *testCase) Name() string { return c.name }

func (c *testCase) Play(start func([]*concors.Policy) string) []string { return c.play(start) }

func (c *testCase) NeedsPolicyOnly() bool { return c.needsPolicyOnly() }

func (c *testCase) PlayServer(start func(policy []byte, debug bool) string) []string {
	return c.playServer(start(c.policy, c.setup.debug))
}

// Size is how many bytes the case sends.
func (c *testCase) Size() int {
	size := 0
	for _, s := range c.steps {
		if s.ask != nil {
			size += len(s.ask.request.raw)
		}
	}
	return size
}
