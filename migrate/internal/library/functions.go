package library

import (
	"context"

	concors "github.com/concors/concors/core"
	"github.com/concors/concors/migrate/internal/source"
)

func askNobody(context.Context, concors.Origin, concors.Request) bool { return false }

// plainFunc carries over a function that is handed the origin alone.
func plainFunc(t *translation, field string, v source.Value) {
	if v.Kind == source.Unset {
		return
	}
	t.originOption(field, "\treturn "+callee(v)+"(o.String())\n")
}

// errorFunc carries over a function that may return an error besides.
func errorFunc(t *translation, field string, v source.Value) {
	if v.Kind == source.Unset {
		return
	}
	t.originOption(field, "\tallowed, err := "+callee(v)+"(o.String())\n\treturn err == nil && allowed\n")
	t.note(field, "an error was handed to the router; here it only denies: log it in the function")
}

// requestFunc can only say what there is to write.
func requestFunc(what string) func(*translation, string, source.Value) {
	return func(t *translation, field string, v source.Value) {
		if v.Kind == source.Unset {
			return
		}
		t.originOption(field, "\treturn false // write here what "+field+" decided\n")
		t.note(field, "is handed "+what+": write it anew with the origin, and the method, host and path of the request; what else it looks at must be named in Vary by the application: "+firstLine(v.Source))
		t.Open = true
	}
}

// callee is v as it may stand before "(".
func callee(v source.Value) string {
	if !isName(v.Source) {
		return "(" + v.Source + ")"
	}
	return v.Source
}

func (t *translation) originOption(field, body string) {
	if t.originFunc {
		t.note(field, "is one of several origin functions: a policy has one, so join them in what is printed")
		t.Open = true
		return
	}
	t.originFunc = true
	t.Option = "concors.WithOriginFunc(func(_ context.Context, o concors.Origin, _ concors.Request) bool {\n" + body + "})"
	t.note(field, "becomes an option of NewPolicy; it is asked only about well-formed origins that no entry matches, never about \"null\", and with AllowCredentials not about http origins beyond loopback unless DangerouslyAllowInsecureOrigins is set")
}
