package guard_test

import (
	"archive/zip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pack makes a release of the child with the given arguments.
func (s *service) pack(tag, settings string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), tag+".zip")
	file, err := os.Create(path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer file.Close()
	archive := zip.NewWriter(file)
	program, err := os.Open(filepath.Join(s.root, "hello"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer program.Close()
	header := &zip.FileHeader{Name: "hello", Method: zip.Store}
	header.SetMode(0o755)
	entry, err := archive.CreateHeader(header)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := io.Copy(entry, program); err != nil {
		s.t.Fatal(err)
	}
	entry, _ = archive.Create("guard.json")
	fmt.Fprintf(entry, `{"name": "hello", "program": "hello", "tag": %q, "restartSec": 0, "restartSteps": 0 %s}`, tag, settings)
	if err := archive.Close(); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func (s *service) deploy(tag, settings string) {
	s.t.Helper()
	s.must("deploy", "--allow-unverified", s.pack(tag, settings))
}

func (s *service) untilVersion(tag string) {
	s.t.Helper()
	s.until(tag+" is ready", func() bool { status := s.status(); return status.Tag == tag && status.State == "ready" })
}

func TestDeployRollbackAndTheTrial(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	s.deploy("v1", `, "healthWindowSec": 0.2`)
	s.start()
	s.untilVersion("v1")
	s.until("v1 held", func() bool { return strings.Contains(s.must("versions"), "v1 current proven") })

	s.deploy("v2", `, "healthWindowSec": 0.2`)
	s.untilVersion("v2")
	s.until("v2 held", func() bool { return strings.Contains(s.must("versions"), "v2 current proven") })

	// A version that crashes goes back by itself, and is not taken again.
	if code, _, stderr := s.command("deploy", "--allow-unverified", s.pack("v3", `, "args": ["-exit", "1"]`)); code != 0 && !strings.Contains(stderr, "rolled back") {
		t.Errorf("the deploy of a version that crashes: %d %s", code, stderr)
	}
	s.until("v3 was rolled back", func() bool { return strings.Contains(s.must("versions"), "v3 bad") })
	s.untilVersion("v2")
	if code, _, stderr := s.command("rollback", "v3"); code != 1 || !strings.Contains(stderr, "failed on trial") {
		t.Errorf("a bad version again: %d %s", code, stderr)
	}

	s.must("rollback")
	s.untilVersion("v1")

	// A version in its window holds others back.
	s.deploy("v4", `, "healthWindowSec": 600`)
	s.untilVersion("v4")
	code, _, stderr := s.command("deploy", "--allow-unverified", s.pack("v5", ""))
	if code != 1 || !strings.Contains(stderr, "health window") {
		t.Errorf("a deploy in the window: %d %s", code, stderr)
	}
	s.must("stop")
	s.waitForEnd()

	// Stopped: switched, and not started.
	starts := len(s.noted("starts"))
	s.must("rollback", "v1")
	if status := s.status(); status.Tag != "v1" || status.State != "stopped" || len(s.noted("starts")) != starts {
		t.Errorf("%+v", status)
	}
}

func TestADamagedVersionIsNotStarted(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	s.deploy("v1", `, "healthWindowSec": 0.1`)
	s.start()
	s.until("v1 held", func() bool { return strings.Contains(s.must("versions"), "v1 current proven") })
	s.deploy("v2", "")
	s.untilVersion("v2")
	s.must("stop")
	s.waitForEnd()
	for _, damage := range []func(){
		func() { os.WriteFile(filepath.Join(s.root, "versions", "v2", "hello"), []byte("#!/bin/sh\n"), 0o755) },
		func() { os.WriteFile(filepath.Join(s.root, "state", "current"), []byte("\x00\x00"), 0o644) },
		func() { os.WriteFile(filepath.Join(s.root, "state", "current"), []byte("gone\n"), 0o644) },
	} {
		damage()
		s.start()
		s.untilVersion("v1")
		s.must("stop")
		s.waitForEnd()
	}
}

// TestKillsDuringDeployAndRollback: whatever is killed and when, the pointer names a whole version, the program comes
// back, and nothing is left behind.
func TestKillsDuringDeployAndRollback(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	window := `, "healthWindowSec": 0.05, "args": ["-family"]`
	s.deploy("v1", window)
	s.start()
	s.until("v1 held", func() bool { return strings.Contains(s.must("versions"), "v1 current proven") })
	random := rand.New(rand.NewPCG(1, 2))
	rounds := 20
	if !testing.Short() {
		rounds = 200
	}
	for i := range rounds {
		s.killOnce(random, i, window)
		s.until("the program runs again, from what the pointer names", func() bool {
			pointer, err := os.ReadFile(filepath.Join(s.root, "state", "current"))
			tag := strings.TrimSpace(string(pointer))
			if err != nil {
				t.Fatalf("round %d: %v", i, err)
			}
			if _, err := os.Stat(filepath.Join(s.root, "versions", tag, "manifest.json")); err != nil {
				t.Fatalf("round %d: the pointer names %q: %v", i, tag, err)
			}
			status := s.status()
			return status.Tag == tag && status.State == "ready"
		})
		s.until("no old program is left", func() bool { return s.aliveOf("starts") == 1 && s.aliveOf("grandchildren") == 1 })
	}
	s.must("stop")
	s.waitForEnd()
	if programs, grandchildren := s.aliveOf("starts"), s.aliveOf("grandchildren"); programs+grandchildren > 0 {
		t.Errorf("%d programs and %d grandchildren are left", programs, grandchildren)
	}
}

// killOnce deploys or rolls back, and kills the command line, the guard or the program at a random moment.
func (s *service) killOnce(random *rand.Rand, round int, window string) {
	s.t.Helper()
	args := []string{"deploy", "--force", "--allow-unverified", s.pack(fmt.Sprintf("w%d", round), window)}
	if random.IntN(3) == 0 {
		args = []string{"rollback", "--force"}
	}
	command := exec.Command(filepath.Join(s.root, "hello-guard"), args...)
	if err := command.Start(); err != nil {
		s.t.Fatal(err)
	}
	time.Sleep(time.Duration(random.IntN(60_000)) * time.Microsecond)
	switch random.IntN(3) {
	case 0:
		command.Process.Kill()
	case 1:
		syscall.Kill(s.marker().Guard.PID, syscall.SIGKILL)
	case 2:
		if pid := s.marker().Program.PID; pid > 0 {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	command.Wait()
}

func (s *service) aliveOf(file string) (count int) {
	for _, pid := range s.noted(file) {
		if s.isOurs(pid) && alive(pid) {
			count++
		}
	}
	return count
}
