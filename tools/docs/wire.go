package main

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yaml parses each document of the block.
func (c *checker) yaml(b *block) {
	d := yaml.NewDecoder(strings.NewReader(b.text))
	for {
		var document any
		switch err := d.Decode(&document); {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			c.at(b.page, b.line, "%v", err)
			return
		}
	}
}

var startLine = regexp.MustCompile(`^(?:HTTP/\d|[A-Z]+ \S+ HTTP/\d)`)

// http parses requests and responses, with an empty line between two.
func (c *checker) http(b *block) {
	var message []string
	at := 0
	rows := strings.Split(strings.TrimRight(b.text, "\n"), "\n")
	for i, row := range append(rows, "") {
		begins := startLine.MatchString(row) && (i == 0 || rows[i-1] == "")
		if begins || i == len(rows) {
			if err := parseMessage(message); err != nil && i > 0 {
				c.at(b.page, b.first+at, "%v", err)
			}
			message, at = nil, i
		}
		message = append(message, row)
	}
}

// parseMessage reads the head of a request or response, as net/http does.
func parseMessage(rows []string) error {
	if len(rows) == 0 || !startLine.MatchString(rows[0]) {
		return errors.New("is no request and no response: the first line is METHOD TARGET HTTP/1.1, or HTTP/1.1 STATUS REASON")
	}
	raw := bufio.NewReader(strings.NewReader(strings.Join(rows, "\r\n") + "\r\n\r\n"))
	if !strings.HasPrefix(rows[0], "HTTP/") {
		_, err := http.ReadRequest(raw)
		return err
	}
	answer, err := http.ReadResponse(raw, nil)
	if err == nil {
		answer.Body.Close()
	}
	return err
}
