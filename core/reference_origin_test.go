package concors_test

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	concors "github.com/concors/concors/core"
)

// The reference decides slowly and plainly, by other means than the code: it is
// what the code is compared with. This file knows origins.

var originForm = regexp.MustCompile(`^([a-z][a-z0-9+.-]*)://(\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::([1-9][0-9]{0,4}))?$`)

// refParse takes an origin apart that is written as browsers write it.
func refParse(text string) (o concors.Origin, isIP, ok bool) {
	form := originForm.FindStringSubmatch(text)
	if form == nil {
		return o, false, false
	}
	o = concors.Origin{Scheme: form[1], Host: form[2]}
	if form[3] != "" {
		o.Port, _ = strconv.Atoi(form[3])
	}
	if o.Port > 65535 || o.Scheme == "http" && o.Port == 80 || o.Scheme == "https" && o.Port == 443 {
		return concors.Origin{}, false, false
	}
	if u, err := url.Parse(text); err != nil || u.Scheme != o.Scheme || u.Path != "" {
		return concors.Origin{}, false, false
	}
	if isIP, ok = refHost(o.Host); !ok {
		return concors.Origin{}, false, false
	}
	return o, isIP, true
}

func refHost(host string) (isIP, ok bool) {
	if bare, isIPv6 := strings.CutPrefix(host, "["); isIPv6 {
		bare = strings.TrimSuffix(bare, "]")
		address, err := netip.ParseAddr(bare)
		if err != nil || !address.Is6() {
			return true, false
		}
		canonical := address.String()
		if address.Is4In6() { // the URL standard knows no dots in IPv6
			b := address.As16()
			canonical = fmt.Sprintf("::ffff:%x:%x", int(b[12])<<8|int(b[13]), int(b[14])<<8|int(b[15]))
		}
		return true, bare == canonical
	}
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 {
			return false, false
		}
	}
	last := labels[len(labels)-1]
	if strings.HasPrefix(last, "0x") || strings.Trim(last, "0123456789") == "" {
		address, err := netip.ParseAddr(host)
		return true, err == nil && address.Is4() && address.String() == host
	}
	return false, len(host) <= 253
}

// refMatches reports whether one entry of allowOrigins means the origin.
func refMatches(entry, text string) bool {
	if entry == "*" {
		return true
	}
	if !strings.Contains(entry, "*") {
		return entry == text
	}
	o, isIP, ok := refParse(text)
	scheme, rest, _ := strings.Cut(entry, "://")
	if !ok || scheme != o.Scheme {
		return false
	}
	host, port := rest, ""
	if i := strings.LastIndex(rest, ":"); i > strings.LastIndex(rest, "]") {
		host, port = rest[:i], rest[i+1:]
	}
	if port != "*" && port != strings.TrimPrefix(strconv.Itoa(o.Port), "0") {
		return false
	}
	switch {
	case host == "*":
		return true
	case strings.HasPrefix(host, "*."):
		return !isIP && strings.HasSuffix(o.Host, host[1:])
	}
	return host == o.Host
}

// refInsecure reports whether pages of the origin may be forged on the way.
func refInsecure(o concors.Origin) bool {
	if o.Scheme != "http" || o.Host == "localhost" || strings.HasSuffix(o.Host, ".localhost") {
		return false
	}
	address, err := netip.ParseAddr(strings.Trim(o.Host, "[]"))
	return err != nil || !address.IsLoopback() || address.Is4In6()
}

// refAllowsOrigin reports whether a page of the one origin of r may open a
// WebSocket. An entry for any host names none.
func refAllowsOrigin(cfg concors.Config, admit func(concors.Origin) bool, r concors.Request) bool {
	rules, _, _ := refChoose(cfg, admit != nil, r)
	if rules == nil || len(r.Origin) != 1 {
		return false
	}
	text := trim(r.Origin[0])
	o, _, ok := refParse(text)
	if !ok {
		return false // "null" among them
	}
	isCovered := false
	for _, entry := range rules.AllowOrigins {
		if refMatches(entry, text) {
			isCovered = true
			if _, host, _ := strings.Cut(entry, "://"); entry != "*" && host != "*" && !strings.HasPrefix(host, "*:") {
				return true
			}
		}
	}
	mayAsk := !rules.AllowCredentials || rules.DangerouslyAllowInsecureOrigins || !refInsecure(o)
	return !isCovered && admit != nil && mayAsk && admit(o)
}
