package compat

import (
	"fmt"

	"golang.org/x/mod/semver"
)

// Allowed returns an error if a version may not be released with the changes of
// the report: below v1 a program must compile with the next patch, from v1 on
// with the next minor version too.
func (r Report) Allowed(version string) error {
	if r.Compatible() || semver.Major(version) != semver.Major(r.Since) {
		return nil
	}
	if semver.Major(version) != "v0" {
		return fmt.Errorf("programs that use %s may not compile with %s: take the incompatible changes back, or mend them by a new name beside the old one", r.Since, version)
	}
	if semver.MajorMinor(version) == semver.MajorMinor(r.Since) {
		return fmt.Errorf("programs that use %s may not compile with %s: raise the minor version, or take the incompatible changes back", r.Since, version)
	}
	return nil
}
