package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"
)

// patience is how long a server may take for a connection or a policy.
const patience = 30 * time.Second

// An address is where the requests of the cases go.
type address struct {
	host string // host:port
	tls  bool
}

func (s *settings) check(server, only string, rest []string) (err error) {
	if len(rest) > 0 {
		return fmt.Errorf("unexpected argument %q", rest[0])
	}
	if s.server, err = parseServer(server); err != nil {
		return fmt.Errorf("-server: %w", err)
	}
	if control, err := url.Parse(s.control); err != nil || control.Host == "" || control.Scheme != "http" && control.Scheme != "https" {
		return fmt.Errorf("-control: %q is no URL such as http://127.0.0.1:8080/policy", s.control)
	}
	if s.only, err = regexp.Compile(only); err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	return nil
}

// parseServer takes a URL without a path: the paths of the cases are absolute,
// since policies speak of them.
func parseServer(server string) (address, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return address{}, fmt.Errorf("%q is no URL such as http://127.0.0.1:8080", server)
	}
	if u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return address{}, fmt.Errorf("%q has more than scheme, host and port: the cases bring their own paths", server)
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return address{host: net.JoinHostPort(u.Hostname(), port), tls: u.Scheme == "https"}, nil
}

func (s *settings) dial() (net.Conn, error) {
	dialer := &net.Dialer{Timeout: patience}
	if !s.server.tls {
		return dialer.Dial("tcp", s.server.host)
	}
	// No protocol is offered: the cases are written in HTTP/1.1.
	return tls.DialWithDialer(dialer, "tcp", s.server.host, &tls.Config{InsecureSkipVerify: s.insecure})
}

// handOver puts a policy in force. A redirect is no answer: its target would
// get the policy, or a GET in its place.
func (s *settings) handOver(policy []byte, debug bool) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	control, err := url.Parse(s.control)
	if err != nil {
		return err
	}
	query := control.Query()
	query.Set("debug", strconv.FormatBool(debug))
	control.RawQuery = query.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, control.String(), bytes.NewReader(policy))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	client := &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: s.insecure}, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode < 200 || res.StatusCode > 299 {
		says, _ := io.ReadAll(io.LimitReader(res.Body, 500))
		// The reason phrase is the server's, and may be anything.
		return fmt.Errorf("PUT %s: status %d %s: %q", control, res.StatusCode, http.StatusText(res.StatusCode), says)
	}
	return nil
}
