package guard_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gopack.dev/guard/internal/guard"
)

var built = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "guard-test-*")
	if err != nil {
		return "", err
	}
	for name, source := range map[string]string{"hello-guard": "gopack.dev/guard", "hello": "./testdata/child"} {
		command := exec.Command("go", "build", "-o", filepath.Join(folder, name), source)
		if output, err := command.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%w: %s", err, output)
		}
	}
	return folder, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if folder, err := built(); err == nil {
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

// service is an unzipped release in a folder of its own.
type service struct {
	t     *testing.T
	root  string
	guard *exec.Cmd
}

// newService lays out a release with the settings given over the simplest ones.
func newService(t *testing.T, settings map[string]any) *service {
	t.Helper()
	binaries, err := built()
	if err != nil {
		t.Fatal(err)
	}
	s := &service{t: t, root: t.TempDir()}
	for _, name := range []string{"hello", "hello-guard"} {
		if err := os.Link(filepath.Join(binaries, name), filepath.Join(s.root, name)); err != nil {
			copyFile(t, filepath.Join(binaries, name), filepath.Join(s.root, name))
		}
	}
	all := map[string]any{"name": "hello", "program": "hello", "timeoutStopSec": 5}
	for key, value := range settings {
		all[key] = value
	}
	writeJSON(t, filepath.Join(s.root, "guard.json"), all)
	t.Cleanup(s.kill)
	return s
}

func writeJSON(t *testing.T, path string, value any) {
	t.Helper()
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o755); err != nil {
		t.Fatal(err)
	}
}

func (s *service) start(args ...string) {
	s.t.Helper()
	s.guard = exec.Command(filepath.Join(s.root, "hello-guard"), append([]string{"run"}, args...)...)
	// A file and no pipe: waiting for the guard must not mean waiting for whatever holds its other end.
	said, err := os.Create(filepath.Join(s.root, "said"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer said.Close()
	s.guard.Stderr = said
	s.guard.Env = append(os.Environ(), "INVOCATION_ID=", "THE_SECRET=correct-horse")
	if err := s.guard.Start(); err != nil {
		s.t.Fatal(err)
	}
}

// said is what the guard told the console.
func (s *service) said() string {
	data, _ := os.ReadFile(filepath.Join(s.root, "said"))
	return string(data)
}

// kill ends everything that may be left, by the numbers that were noted.
func (s *service) kill() {
	if s.guard != nil && s.guard.ProcessState == nil {
		s.guard.Process.Kill()
		s.guard.Wait()
	}
	if marker := s.marker(); marker.Guard.PID > 0 {
		syscall.Kill(marker.Guard.PID, syscall.SIGKILL)
	}
	for _, file := range []string{"starts", "grandchildren"} {
		for _, pid := range s.noted(file) {
			if s.isOurs(pid) {
				syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	}
}

// isOurs: the working folder of what a test started is the service's own.
func (s *service) isOurs(pid int) bool {
	folder, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	return err == nil && strings.HasPrefix(folder, s.root)
}

type marker struct {
	Guard   struct{ PID int }
	Program struct{ PID int }
}

func (s *service) marker() (m marker) {
	data, _ := os.ReadFile(filepath.Join(s.root, "state", "running.json"))
	json.Unmarshal(data, &m)
	return m
}

func (s *service) command(args ...string) (code int, stdout, stderr string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, filepath.Join(s.root, "hello-guard"), args...)
	var out, bad bytes.Buffer
	command.Stdout, command.Stderr = &out, &bad
	if err := command.Run(); err != nil && command.ProcessState == nil {
		s.t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), out.String(), bad.String()
}

func (s *service) must(args ...string) string {
	s.t.Helper()
	code, stdout, stderr := s.command(args...)
	if code != 0 {
		s.t.Fatalf("%v ended with %d: %s", args, code, stderr)
	}
	return stdout
}

func (s *service) status() (status guard.Status) {
	_, stdout, _ := s.command("status", "--json")
	json.Unmarshal([]byte(stdout), &status)
	return status
}

// until waits generously; what it waits for says how fast things are elsewhere.
func (s *service) until(what string, holds func() bool) {
	s.t.Helper()
	for end := time.Now().Add(60 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			own, _ := os.ReadFile(filepath.Join(s.root, "logs", "guard.log"))
			s.t.Fatalf("waited too long until %s\nstderr: %s\nlog: %s", what, s.said(), own)
		}
	}
}

func (s *service) untilState(state string) guard.Status {
	s.t.Helper()
	var status guard.Status
	s.until("the service is "+state, func() bool { status = s.status(); return status.State == state })
	return status
}

// waitForEnd gives the exit code of the guard.
func (s *service) waitForEnd() int {
	s.t.Helper()
	done := make(chan struct{})
	go func() { s.guard.Wait(); close(done) }()
	select {
	case <-done:
		return s.guard.ProcessState.ExitCode()
	case <-time.After(60 * time.Second):
		s.t.Fatalf("the guard does not end\n%s", s.said())
		return -1
	}
}

func (s *service) noted(file string) (numbers []int) {
	data, _ := os.ReadFile(filepath.Join(s.root, "data", file))
	for _, field := range strings.Fields(string(data)) {
		if number, err := strconv.Atoi(field); err == nil {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

func (s *service) log() string {
	data, _ := os.ReadFile(filepath.Join(s.root, "logs", "hello.log"))
	return string(data)
}

func alive(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	state := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))[0]
	return state != "Z" && state != "X"
}

func freeAddress(t *testing.T) (address string, port int) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String(), listener.Addr().(*net.TCPAddr).Port
}

func get(address, path string) {
	client := &http.Client{Timeout: 5 * time.Second}
	if response, err := client.Get("http://" + address + path); err == nil {
		response.Body.Close()
	}
}
