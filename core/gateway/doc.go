// Package gateway moves a policy to the edge: it writes a [concors.Config] as
// rules of a Kubernetes HTTPRoute with CORS filters, and as routes of Envoy
// with CORS policies, and reads a CORS filter back into a Config.
//
// No gateway says all that a policy says. What is lost comes back as a list of
// [Loss], entry by entry, for a person to read and for a build to check; nothing
// is dropped in silence. What cannot be written exactly is written narrower or
// left out: no page on a host that DNS can hold is allowed more than by the policy,
// with the one exception that a Loss of the effect [Wider] names.
//
// Give each route one place that decides. A gateway in front of a server that
// has the same policy mounted is two, and the fields of both may meet in one
// answer, which browsers refuse.
package gateway
