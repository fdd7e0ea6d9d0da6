package conformance

// Size is how many bytes the case sends; the tests in conformance_test sort by it.
func (c *Case) Size() int {
	size := 0
	for _, s := range c.steps {
		if s.ask != nil {
			size += len(s.ask.request.raw)
		}
	}
	return size
}
