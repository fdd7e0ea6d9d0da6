package wire

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// counted returns what r keeps, counted anew.
func counted(r *Recorder) (exchanges, bytes int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.entries {
		bytes += e.size()
	}
	return len(r.entries), bytes
}

func TestBoundedInNumber(t *testing.T) {
	r := newRecorder()
	for i := range 3 * maxExchanges {
		talk(t, r, false, get(strconv.Itoa(i)), okay)
	}
	if n, _ := counted(r); n != maxExchanges {
		t.Errorf("%d exchanges are kept, want %d", n, maxExchanges)
	}
	for i, want := range map[int]int{2*maxExchanges - 1: 0, 2 * maxExchanges: 1, 3*maxExchanges - 1: 1} {
		if got := len(r.Exchanges(strconv.Itoa(i))); got != want {
			t.Errorf("of exchange %d, %d are kept, want %d", i, got, want)
		}
	}
}

func TestBoundedInBytes(t *testing.T) {
	r := newRecorder()
	filler := strings.Repeat("x", maxHead-200)
	for i := range maxExchanges {
		talk(t, r, false,
			fmt.Sprintf("> GET /?demo=%d HTTP/1.1\r\nHost: a.test\r\nX: %s\r\n\r\n", i, filler),
			"< HTTP/1.1 200 OK\r\nX: "+filler+"\r\n\r\n")
	}
	n, bytes := counted(r)
	if bytes > maxBytes || bytes != r.bytes {
		t.Errorf("%d bytes are kept, and %d counted, want at most %d", bytes, r.bytes, maxBytes)
	}
	if want := maxBytes / (2 * maxHead); n < want {
		t.Errorf("%d exchanges are kept, want at least %d", n, want)
	}
	if got := r.Exchanges(strconv.Itoa(maxExchanges - 1)); len(got) != 1 || got[0].Answer == nil {
		t.Errorf("the last exchange is kept as %d", len(got))
	}
}

// A real server and many clients at once: every request finds its own answer.
func TestConcurrentUse(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := newRecorder()
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(w, r.Body)
		w.Header().Set("X-Demo", "too late")
	})}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(r.Listener(ln)) }()
	t.Cleanup(func() {
		server.Close()
		<-ended
	})
	const clients, each = 8, 12 // fewer than are kept
	var all sync.WaitGroup
	for i := range clients {
		all.Go(func() {
			for j := range each {
				id := fmt.Sprintf("%d.%d", i, j)
				response, err := http.Post("http://"+ln.Addr().String()+"/?demo="+id, "text/plain", strings.NewReader(strings.Repeat(id, j*1000)))
				if err != nil {
					t.Error(err)
					return
				}
				response.Body.Close()
				if got := starts(r, id); len(got) != 1 || got[0] != "POST /?demo="+id+" HTTP/1.1 -> HTTP/1.1 200 OK" {
					t.Errorf("of %s, recorded is %q", id, got)
				}
			}
		})
	}
	all.Wait()
	if n, bytes := counted(r); n != clients*each || bytes != r.bytes {
		t.Errorf("%d exchanges are kept, %d bytes counted of %d", n, r.bytes, bytes)
	}
}
