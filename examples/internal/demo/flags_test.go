package demo

import (
	"net"
	"testing"
)

func TestPageHost(t *testing.T) {
	tests := []struct {
		host string
		want bool
	}{
		{"localhost", true}, {"LocalHost", true}, {"127.0.0.1", true}, {"::1", true}, {"0:0:0:0:0:0:0:1", true},
		{"", true}, {"0.0.0.0", true}, {"::", true},
		{"127.0.0.2", false}, {"192.0.2.1", false}, {"2001:db8::1", false}, {"::2", false}, {"::1%lo", false}, {"::ffff:127.0.0.2", false},
		{"localhost.", false}, {"app.localhost", false}, {"localhost.example.com", false}, {"example.com", false}, {"127.1", false},
	}
	for _, test := range tests {
		s := settings{addr: "127.0.0.1:8080", page: net.JoinHostPort(test.host, "3000")}
		if err := s.check(nil); (err == nil) != test.want {
			t.Errorf("-page %s: error %v, want one: %t", s.page, err, !test.want)
		}
	}
}
