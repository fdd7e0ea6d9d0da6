package corsfiber_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	concors "github.com/concors/concors/core"
	corsfiber "github.com/concors/concors/fiber"
)

// programs are what the test binary can be besides a test.
var programs = map[string]func() error{"panic": panicking}

const programVariable = "CORSFIBER_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if program := programs[os.Getenv(programVariable)]; program != nil {
		if err := program(); err != nil {
			log.Fatal(err)
		}
		return
	}
	os.Exit(m.Run())
}

// A process is the test binary as a program. Its output ends when it and all
// its children have ended.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines *bufio.Reader
	ended bool
}

func start(t *testing.T, program string, kill func(*os.Process) error, env ...string) *process {
	t.Helper()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := out.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: exec.Command(os.Args[0]), lines: bufio.NewReader(out)}
	p.cmd.Env = append(append(os.Environ(), programVariable+"="+program), env...)
	p.cmd.Stdout = in
	prepare(p.cmd)
	err = p.cmd.Start()
	in.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !p.ended {
			kill(p.cmd.Process)
			p.cmd.Wait()
		}
		out.Close()
	})
	return p
}

func (p *process) line() string {
	p.t.Helper()
	line, err := p.lines.ReadString('\n')
	if err != nil {
		p.t.Fatalf("the program printed nothing: %v", err)
	}
	return strings.TrimSuffix(line, "\n")
}

// end waits for the end of the program and its children, and returns the exit
// code.
func (p *process) end() int {
	p.t.Helper()
	if rest, err := io.ReadAll(p.lines); err != nil {
		p.t.Fatalf("the program does not end: %v, printed %q", err, rest)
	}
	err := p.cmd.Wait()
	p.ended = true
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	return p.cmd.ProcessState.ExitCode()
}

// panicking serves without recovery, or with it, on an address that it prints.
func panicking() error {
	policy, err := concors.NewPolicy(concors.Config{AllowOrigins: []string{page}})
	if err != nil {
		return err
	}
	app := newApp()
	if os.Getenv("RECOVER") != "" {
		app.Use(recover.New())
	}
	app.Use(corsfiber.Middleware(policy))
	app.Get("/panic", func(*fiber.Ctx) error { panic("panicked") })
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(ln.Addr())
	return app.Listener(ln)
}

// fasthttp recovers nothing: a panic that no middleware recovers ends the
// process, all other requests with it.
//
// README fiber: a panic that nobody recovers ends the process
func TestPanicWithoutRecoverEndsTheProcess(t *testing.T) {
	p := start(t, "panic", (*os.Process).Kill)
	c := dial(t, p.line())
	if a := c.raw("GET", "/panic", "Origin: "+page); a.err == nil {
		t.Errorf("answer %d, want none", a.status)
	}
	if code := p.end(); code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}
}

// README fiber: Recovery may stand on either side
func TestPanicWithRecover(t *testing.T) {
	p := start(t, "panic", (*os.Process).Kill, "RECOVER=yes")
	c := dial(t, p.line())
	for range 2 {
		c.ask("GET", "/panic", "Origin: "+page).want(t, 500, "Access-Control-Allow-Origin: "+page, "Vary: Origin")
	}
}
