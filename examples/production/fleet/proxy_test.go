package main

import (
	"io"
	"net"
	"sync"
	"testing"
)

// proxy is the one way to the store for a process, which a test can cut.
type proxy struct {
	addr    string
	targets []string // the first that answers is taken

	mu    sync.Mutex
	cut   bool
	away  int // connections turned away
	conns map[net.Conn]bool
}

func newProxy(t *testing.T, targets []string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{addr: l.Addr().String(), targets: targets, conns: map[net.Conn]bool{}}
	var done sync.WaitGroup
	done.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			done.Go(func() { p.pass(c) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		p.setCut(true)
		done.Wait()
	})
	return p
}

// setCut ends all connections and lets no new one through, or mends the way.
func (p *proxy) setCut(cut bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = cut
	for c := range p.conns {
		if cut {
			c.Close()
		}
	}
}

func (p *proxy) pass(client net.Conn) {
	defer client.Close()
	for _, target := range p.targets {
		store, err := net.Dial("tcp", target)
		if err != nil {
			continue
		}
		defer store.Close()
		defer p.forget(client, store)
		if !p.keep(client, store) {
			return
		}
		go func() {
			io.Copy(store, client)
			store.Close()
		}()
		io.Copy(client, store)
		return
	}
}

func (p *proxy) keep(conns ...net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		p.conns[c] = true
	}
	if p.cut {
		p.away++
	}
	return !p.cut
}

// turnedAway returns how often somebody tried in vain.
func (p *proxy) turnedAway() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.away
}

func (p *proxy) forget(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		delete(p.conns, c)
	}
}
