// Package sources reads a policy from what services are configured with: a JSON
// file, a YAML file, or environment variables. Copy the one you need. Each ends
// in a [concors.Config] that NewPolicy or Reload then judges, and refuses what
// ParseConfig would refuse: a setting that is quietly ignored is a policy that
// quietly differs from the one that was written.
package sources
