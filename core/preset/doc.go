// Package preset lists the names that people look up every time they write a
// policy: the headers and methods of protocols and of tracing. A list is named
// where it is wanted, and nothing is allowed by importing this package:
//
//	concors.Config{
//		AllowOrigins:  []string{"https://app.example.com"},
//		AllowMethods:  preset.TusMethods(),
//		AllowHeaders:  preset.Join(preset.TusHeaders(), preset.Sentry(), []string{"Authorization"}),
//		ExposeHeaders: preset.TusExpose(),
//	}
//
// Each function returns a new slice, spelled as its source spells it. A list may
// grow with a new version of its source, and then allows more: a team that wants
// to see each name writes the names into its policy instead.
package preset
