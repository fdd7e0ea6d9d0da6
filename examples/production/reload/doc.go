// Package reload keeps a policy as its file says, without a restart.
//
// Copy [File], with burst.go: Open builds the policy and refuses a faulty file,
// Watch follows the file while the service runs. A file that is faulty or gone
// changes nothing: the old policy stays in force, and the log and [File.ServeHTTP]
// say why. The folder sources reads the same policy from YAML and from the
// environment, the folder server is a program.
package reload
