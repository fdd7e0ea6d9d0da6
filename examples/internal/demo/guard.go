package demo

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// guarded lets through what the page itself asks, and a person at this machine
// with curl. All others are refused: another machine, where the page listens on
// all addresses; a page of another site, which says so in Sec-Fetch-Site or
// Origin; and one that had its own name point to this port (DNS rebinding),
// which has that name in Host.
func guarded(page net.Listener, next http.Handler) http.Handler {
	hosts := ownHosts(page)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !isLoopback(r.RemoteAddr):
			http.Error(w, "only the machine that runs the example may ask this", http.StatusForbidden)
		case !slices.Contains(hosts, strings.ToLower(r.Host)):
			http.Error(w, "open the page as "+pageOrigin(page), http.StatusMisdirectedRequest)
		case isCrossOrigin(r):
			http.Error(w, "only the page itself may ask this", http.StatusForbidden)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// isCrossOrigin judges reading as writing: the check of net/http lets every GET
// pass, and this one tells the policy and what others asked.
func isCrossOrigin(r *http.Request) bool {
	writing := *r
	writing.Method = http.MethodPut
	return new(http.CrossOriginProtection).Check(&writing) != nil
}

func isLoopback(remote string) bool {
	addr, err := netip.ParseAddrPort(remote)
	return err == nil && addr.Addr().Unmap().IsLoopback()
}

// ownHosts are the values of Host with which a browser on this machine reaches
// the page.
func ownHosts(page net.Listener) []string {
	port := page.Addr().(*net.TCPAddr).Port
	var hosts []string
	for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
		host := net.JoinHostPort(name, strconv.Itoa(port))
		if port == 80 { // no part of Host where it is the default
			hosts = append(hosts, strings.TrimSuffix(host, ":80"))
		}
		hosts = append(hosts, host)
	}
	return hosts
}
