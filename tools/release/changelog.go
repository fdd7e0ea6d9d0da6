package main

import (
	"errors"
	"strings"
)

const unreleased = "## Unreleased\n"

// moveUnreleased puts what has gathered since the last release under the new
// version, as scripts/notes looks for it, and leaves an empty place for what
// comes next.
func moveUnreleased(changelog, version, date string) (string, error) {
	before, after, found := strings.Cut("\n"+changelog, "\n"+unreleased)
	if !found {
		return "", errors.New(`CHANGELOG.md has no "## Unreleased"`)
	}
	section, _, _ := strings.Cut(after, "\n## ")
	if !hasEntry(section) {
		return "", errors.New(`CHANGELOG.md has nothing under "## Unreleased": say what a user notices`)
	}
	heading := "## " + strings.TrimPrefix(version, "v") + " - " + date + "\n"
	return strings.TrimPrefix(before, "\n") + "\n" + unreleased + "\n" + heading + after, nil
}

// hasEntry reports whether there is more than headings.
func hasEntry(section string) bool {
	for line := range strings.Lines(section) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return true
		}
	}
	return false
}
