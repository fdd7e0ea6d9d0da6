// Package tenants allows origins that are in a database: the pages of a service's
// customers. Two ways are here to copy, over one [Store] on an embedded SQLite.
//
// [Lookup] is an origin function before a bounded cache: an origin is looked up
// when a page from it comes. [List] compiles the whole list into the policy, and
// again when the database has changed. The README of this module says which to
// take when.
//
// Both take exact origins alone. A row such as "*" or "https://*.example.com"
// would let one tenant open the service to pages of others.
package tenants
