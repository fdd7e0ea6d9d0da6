package main

import (
	"errors"
	"fmt"
	"net"
	"regexp"
	"strings"
)

// A program is the first whole one of a README: what people copy.
type program struct {
	text string
	question
}

// A question is what a page asks of the program.
type question struct {
	origin  string
	method  string
	path    string
	field   string // a request header that the policy allows, or ""
	address string // where the program listens
}

var (
	fence   = regexp.MustCompile("(?ms)^```go\n(package main\n.*?)^```$")
	listens = regexp.MustCompile(`"(?:127\.0\.0\.1)?:8080"`)
	origin  = regexp.MustCompile(`AllowOrigins:\s*\[\]string\{"([^"]+)"`)
	header  = regexp.MustCompile(`AllowHeaders:\s*\[\]string\{"([^"]+)"`)
	// "PUT /items/{id}", r.Put("/items/{id}" and the like.
	route     = regexp.MustCompile(`(?i)\b(get|put|post|patch|delete)(?: |\(")(/[^"\s]*)"`)
	parameter = regexp.MustCompile(`\{[^}]*\}|:\w+`)
)

// readProgram takes a program from a README and has it listen elsewhere.
func readProgram(readme string) (program, error) {
	found := fence.FindStringSubmatch(readme)
	if found == nil {
		return program{}, errors.New("README.md has no whole program")
	}
	text := found[1]
	if len(listens.FindAllString(text, -1)) != 1 {
		return program{}, errors.New(`the program of README.md does not listen on "127.0.0.1:8080"`)
	}
	address, err := freeAddress()
	if err != nil {
		return program{}, err
	}
	allowed, asked := origin.FindStringSubmatch(text), route.FindStringSubmatch(text)
	if allowed == nil || asked == nil {
		return program{}, errors.New("the program of README.md names no origin in AllowOrigins, or has no route")
	}
	p := program{text: listens.ReplaceAllLiteralString(text, fmt.Sprintf("%q", address))}
	p.origin, p.method, p.address = allowed[1], strings.ToUpper(asked[1]), address
	p.path = parameter.ReplaceAllLiteralString(asked[2], "1")
	if field := header.FindStringSubmatch(text); field != nil {
		p.field = strings.ToLower(field[1])
	}
	return p, nil
}

// freeAddress is one that nobody listens on.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
