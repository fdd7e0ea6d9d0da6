package corsfiber_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

func init() { programs["prefork"] = prefork }

// prefork serves on ADDR with Prefork. Each process prints a line.
func prefork() error {
	policy, err := concors.NewPolicy(config())
	if err != nil {
		return err
	}
	app := newApp(fiber.Config{Prefork: true})
	app.Use(corsfiber.Middleware(policy))
	app.Get("/pid", func(c *fiber.Ctx) error { return c.SendString(strconv.Itoa(os.Getpid())) })
	app.Post("/reload", func(*fiber.Ctx) error { return policy.Reload(concors.Config{AllowOrigins: []string{stranger}}) })
	app.Post("/exit", func(*fiber.Ctx) error {
		os.Exit(0)
		return nil
	})
	fmt.Println("child", fiber.IsChild())
	return app.Listen(os.Getenv("ADDR"))
}

// prepare makes the program the leader of a group, which its children join.
func prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

func killGroup(p *os.Process) error { return syscall.Kill(-p.Pid, syscall.SIGKILL) }

// reserve returns a free address that stays free for sockets with SO_REUSEPORT,
// as those of Prefork: a socket that is bound and does not listen holds it.
func reserve(t *testing.T) string {
	t.Helper()
	const reusePort = 0xf // SO_REUSEPORT, which package syscall lacks
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	if err := syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, reusePort, 1); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	sa, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	return "127.0.0.1:" + strconv.Itoa(sa.(*syscall.SockaddrInet4).Port)
}

// children connects until it has reached n children, and returns a connection
// to each. Nobody is told when a child listens, and the kernel spreads the
// connections: so this tries.
func children(t *testing.T, addr string, n int) []*client {
	t.Helper()
	var reached []*client
	pids := make(map[string]bool)
	for deadline := time.Now().Add(patience); len(reached) < n; {
		if time.Now().After(deadline) {
			t.Fatalf("reached %d children, want %d", len(reached), n)
		}
		conn, err := net.Dial("tcp4", addr)
		if err != nil {
			continue
		}
		c := newClient(t, conn)
		if pid := c.ask("GET", "/pid").body; pids[pid] {
			c.conn.Close()
		} else {
			pids[pid] = true
			reached = append(reached, c)
		}
	}
	return reached
}

// With Prefork, main runs in every process. Each child has a policy of its own,
// and so has a reload.
//
// README fiber: under `Prefork` every child process runs `main`
func TestPrefork(t *testing.T) {
	addr := reserve(t)
	p := start(t, "prefork", killGroup, "ADDR="+addr, "GOMAXPROCS=2")
	lines := map[string]int{}
	for range 3 {
		lines[p.line()]++
	}
	if lines["child true"] != 2 || lines["child false"] != 1 {
		t.Fatalf("processes %v, want a parent and two children", lines)
	}
	both := children(t, addr, 2)
	for _, c := range both {
		c.ask("OPTIONS", "/", preflight(page)...).want(t, 204, granted...)
		c.ask("GET", "/pid", "Origin: "+page).want(t, 200, plus(visitors[0].fields, "Vary: Origin")...)
	}
	both[0].ask("POST", "/reload").want(t, 200, "Vary: Origin")
	both[0].ask("OPTIONS", "/", preflight(page)...).want(t, 403, varyOptions)
	both[1].ask("OPTIONS", "/", preflight(page)...).want(t, 204, granted...)

	// The parent ends with a child, and the others with the parent.
	if a := both[0].raw("POST", "/exit"); a.err == nil {
		t.Errorf("answer %d of a process that ended", a.status)
	}
	if code := p.end(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}
