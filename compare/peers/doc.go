// Package peers mounts CORS middleware that people use today, each on its own
// router and configured as near to a Concors policy as its documentation lets
// it be. One file has one peer; the routes_ files have what all of them stand
// in front of.
//
// The rules of every file:
//
//   - A setting that a policy does not name is left at its default, unless the
//     default allows something that the policy does not: then the narrowest
//     value is written.
//   - What the peer has no setting for is a [NotOffered] and no fault.
//   - What the peer itself refuses or panics at is a [Refused] and no fault.
package peers
