package concors

import "testing"

const sample = `{"allowOrigins": ["https://app.example.com"]}`

var refusedSyntax = []struct{ file, want string }{
	// The whole file.
	{"", `1, column 1: not JSON: the file is empty; write a policy, such as ` + sample},
	{" \n\t\n", `1, column 1: not JSON: the file is empty; write a policy, such as ` + sample},
	{"\ufeff{}", `1, column 1: the file begins with a byte-order mark: save it as UTF-8 without one`},
	{"\ufeff", `1, column 1: the file begins with a byte-order mark: save it as UTF-8 without one
1, column 4: not JSON: the file is empty; write a policy, such as ` + sample},
	{"\xff\xfe{\x00}\x00", `1, column 1: the file begins with a byte-order mark: save it as UTF-8 without one`},
	{"\xfe\xff\x00{\x00}", `1, column 1: the file begins with a byte-order mark: save it as UTF-8 without one`},
	{"{\x00}\x00", `1, column 2: not JSON: a zero byte stands here; save the file as UTF-8`},
	{"{\"\x00a\x00", `1, column 2: not JSON: a zero byte stands here; save the file as UTF-8`},
	{"allowOrigins:\n- x", `1, column 1: not JSON: a policy file is one object, such as ` + sample},
	{"---\n{}", `1, column 1: not JSON: a policy file is one object, such as ` + sample},
	{"}", `1, column 1: not JSON: a policy file is one object, such as ` + sample},

	// What follows the policy.
	{"{}\n}\n", `2, column 1: data follows the policy: remove what stands behind line 1, column 2`},
	{"{\n} {}", `2, column 3: data follows the policy: remove what stands behind line 2, column 1`},
	{"{}\xff", `1, column 3: data follows the policy: remove what stands behind line 1, column 2`},
	{"{}\x00", `1, column 3: data follows the policy: remove what stands behind line 1, column 2`},

	// What is missing.
	{"{\n", `1, column 2: not JSON: the "{" of line 1 is not closed`},
	{"{\n\"allowOrigins\": [\n\"a\"\n", `3, column 4: not JSON: the "[" of line 2 is not closed`},
	{`{"allowOrigins": ["a",`, `1, column 23: not JSON: the "[" of line 1 is not closed`},
	{`{"paths": {"/a": {},`, `1, column 21: not JSON: the "{" of line 1 is not closed`},
	{`{"allowOrigins": [["a"`, `1, column 19: allowOrigins[0]: the type is wrong: write a string
1, column 23: not JSON: the "[" of line 1 is not closed`},
	{`{"allowOrigins": ["a"}`, `1, column 22: not JSON: the "[" of line 1 is not closed`},
	{`{"maxAge": 1]`, `1, column 13: not JSON: the "{" of line 1 is not closed`},
	{`{"maxAge"`, `1, column 10: not JSON: the "{" of line 1 is not closed`},
	{`{"maxAge" 5}`, `1, column 11: not JSON: a colon is missing before this`},
	{`{"maxAge", 5}`, `1, column 10: not JSON: remove this comma`},
	{`{"maxAge"= 5}`, `1, column 10: not JSON: a colon is missing before this`},
	{`{"maxAge"}`, `1, column 10: not JSON: a value is missing before this`},
	{`{"maxAge":}`, `1, column 11: not JSON: a value is missing before this`},
	{`{"maxAge"::5}`, `1, column 11: not JSON: a value is missing before this`},
	{`{"allowOrigins": ["a" "b"]}`, `1, column 23: not JSON: a comma is missing before this`},
	{"{\"allowOrigins\": []\n\"maxAge\": 5}", `2, column 1: not JSON: a comma is missing before this`},

	// What is too much.
	{"{\n\"maxAge\": 5 ,\n}", `2, column 13: not JSON: remove this comma`},
	{`{"allowOrigins": ["a",]}`, `1, column 22: not JSON: remove this comma`},
	{`{"maxAge": 5,,}`, `1, column 14: not JSON: remove this comma`},
	{`{"allowOrigins": [,]}`, `1, column 19: not JSON: remove this comma`},
	{`{,}`, `1, column 2: not JSON: remove this comma`},
	{"{\n// the app\n}", `2, column 1: not JSON: remove the comment; JSON has none`},
	{"{\"maxAge\": 5, # ten\n}", `1, column 15: not JSON: remove the comment; JSON has none`},
	{`{"maxAge": /* s */ 5}`, `1, column 12: not JSON: remove the comment; JSON has none`},
	{"{\u00a0}", `1, column 2: not JSON: remove the character U+00A0`},
	{"{}\u00a0", `1, column 3: data follows the policy: remove what stands behind line 1, column 2`},

	// Words.
	{`{maxAge: 5}`, `1, column 2: not JSON: write "maxAge" in double quotes`},
	{`{5: 5}`, `1, column 2: not JSON: a key in double quotes belongs here`},
	{`{'maxAge': 5}`, `1, column 2: not JSON: write double quotes (") instead`},
	{`{“maxAge”: 5}`, `1, column 2: not JSON: write double quotes (") instead`},
	{`{"allowCredentials": True}`, `1, column 22: not JSON: write true`},
	{`{"allowCredentials": off}`, `1, column 22: not JSON: write false`},
	{`{"allowCredentials": truer}`, `1, column 22: not JSON: "truer" is no JSON value; write strings in double quotes`},
	{`{"allowCredentials": tru`, `1, column 22: not JSON: "tru" is no JSON value; write strings in double quotes`},
	{`{"allowOrigins": [https://a.example, "b"]}`, `1, column 19: not JSON: "https://a.example" is no JSON value; write strings in double quotes`},
	{`{"allowOrigins": [*]}`, `1, column 19: not JSON: "*" is no JSON value; write strings in double quotes`},
	{`{"maxAge": 10m}`, `1, column 12: not JSON: "10m" is no JSON number; write plain digits, such as 600`},
	{`{"maxAge": 010}`, `1, column 12: not JSON: "010" is no JSON number; write plain digits, such as 600`},
	{`{"maxAge": 1_000}`, `1, column 12: not JSON: "1_000" is no JSON number; write plain digits, such as 600`},
	{`{"maxAge": +5}`, `1, column 12: not JSON: "+5" is no JSON number; write plain digits, such as 600`},
	{`{"maxAge": 5.}`, `1, column 12: not JSON: "5." is no JSON number; write plain digits, such as 600`},
	{`{"maxAge": -`, `1, column 12: not JSON: "-" is no JSON number; write plain digits, such as 600`},
	{"{\"maxAge\": \xff}", `1, column 12: "\xff" is not valid Unicode: the byte 0xff is not UTF-8; save the file as UTF-8`},

	// Strings.
	{`{"allowOrigins": ["a]}`, `1, column 19: not JSON: the string is not closed`},
	{`{"allowOrigins": ["a\`, `1, column 19: not JSON: the string is not closed`},
	{"{\"allowOrigins\": [\"a,\n\"b\"]}", `1, column 19: not JSON: the string is not closed on its line`},
	{"{\"allowOrigins\": [\"a,\r\n\"b\"]}", `1, column 19: not JSON: the string is not closed on its line`},
	{"{\"allowOrigins\": [\"a\tb\"]}", `1, column 19: not JSON: write \u0009 for the control character in the string`},
	{`{"allowOrigins": ["https://\w+\.example\.com"]}`, `1, column 19: not JSON: \w is no escape; a backslash is written \\`},
	{"{\"allowOrigins\": [\"\\\n\"]}", `1, column 19: not JSON: a backslash is written \\`},
	{`{"allowOrigins": ["\u12"]}`, `1, column 19: not JSON: \u takes four hexadecimal digits; a backslash is written \\`},
	{`{"allowOrigins": ["\u`, `1, column 19: not JSON: \u takes four hexadecimal digits; a backslash is written \\`},
	{`{"allowOrigins": ["\u+123"]}`, `1, column 19: not JSON: \u takes four hexadecimal digits; a backslash is written \\`},
	{`{"max\Age": 5}`, `1, column 2: not JSON: \A is no escape; a backslash is written \\`},

	// Faults in front of a syntax error are told, faults behind it are not.
	{`{"maxAge": "5", "paths": [null}, "allowOrigins": null}`, `1, column 12: maxAge: the type is wrong: write 5 without quotes
1, column 26: paths: the type is wrong: ` + wantPaths + `
1, column 31: not JSON: the "[" of line 1 is not closed`},
	{`{"allowCredentials": nullx}`, `1, column 22: allowCredentials: null means nothing here: remove the key
1, column 22: not JSON: "nullx" is no JSON value; write strings in double quotes`},
}

func TestParseConfigRefusesSyntax(t *testing.T) {
	for _, test := range refusedSyntax {
		checkFaults(t, test.file, test.want)
	}
}
