// Package edge hands a policy to the proxy in front of a service, with the types
// that a controller for Kubernetes or a control plane for Envoy works with. Its
// tests hold what core/gateway writes to the rules of both.
package edge
