package guard_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestAProgramRunsUntilItIsStopped(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	s.start()
	status := s.untilState("ready")
	if !alive(status.PID) || status.Restarts != 0 || status.Name != "hello" {
		t.Errorf("status: %+v", status)
	}
	s.must("stop")
	if code := s.waitForEnd(); code != 0 {
		t.Errorf("the guard ended with %d\n%s", code, s.said())
	}
	if alive(status.PID) || len(s.noted("stops")) != 1 {
		t.Error("the program was not stopped in order")
	}
	if code, _, _ := s.command("status"); code != 3 {
		t.Errorf("status of a stopped service: %d", code)
	}
	if !strings.Contains(s.log(), "hello from ") {
		t.Errorf("its output is missing: %q", s.log())
	}
	if entries, _ := os.ReadDir(filepath.Join(s.root, "evidence")); len(entries) != 0 {
		t.Error("a stop is no incident")
	}
	s.must("stop") // once more is fine
}

func TestACrashIsFollowedByAStartAndEvidence(t *testing.T) {
	t.Parallel()
	s := newService(t, map[string]any{"args": []string{"-panic", "-times", "2", "-exit", "0"}, "restartSec": 0.1, "restartSteps": 0,
		"environment": map[string]any{"SECRET": map[string]any{"env": "THE_SECRET"}}})
	s.start()
	s.until("it was started three times", func() bool { return len(s.noted("starts")) == 3 })
	s.until("both incidents are there", func() bool { return strings.Count(s.must("evidence", "list"), "\n") == 2 })
	status := s.untilState("ready")
	if status.Restarts != 2 || status.LastIncident == "" {
		t.Errorf("status: %+v", status)
	}
	shown := s.must("evidence", "show", status.LastIncident)
	for _, wanted := range []string{`"panic": true`, `"exitCode": 2`, `"output.log"`, `"processes.txt"`, `"tcp.txt"`} {
		if !strings.Contains(shown, wanted) {
			t.Errorf("the incident lacks %s:\n%s", wanted, shown)
		}
	}
	output, err := os.ReadFile(filepath.Join(s.root, "evidence", status.LastIncident, "output.log"))
	if err != nil || !strings.Contains(string(output), "panic: the child was asked to") || !strings.Contains(string(output), "main.go:") {
		t.Errorf("output.log: %v %q", err, output)
	}
	if strings.Contains(string(output), "correct-horse") || !strings.Contains(string(output), "***") {
		t.Errorf("a secret is in the evidence: %q", output)
	}
}

func TestTooManyCrashesAreQuarantine(t *testing.T) {
	t.Parallel()
	s := newService(t, map[string]any{"args": []string{"-exit", "3", "-times", "3"}, "restartSec": 0, "restartSteps": 0, "startLimitBurst": 3})
	s.start()
	status := s.untilState("quarantine")
	if status.NextAction != "start" || status.NextActionSec > 60 {
		t.Errorf("status: %+v", status)
	}
	if code, _, _ := s.command("status"); code != 2 {
		t.Errorf("exit code of status: %d", code)
	}
	s.must("start")
	s.until("it runs", func() bool { return len(s.noted("starts")) == 4 })
	if status := s.untilState("quarantine"); status.PID == 0 {
		t.Errorf("running, and still in quarantine until it held: %+v", status)
	}
}

func TestTheExitCodeMap(t *testing.T) {
	t.Parallel()
	s := newService(t, map[string]any{"args": []string{"-exit", "11"}, "exitCodes": map[string]string{"10-12": "stop"}})
	s.start()
	if code := s.waitForEnd(); code != 0 {
		t.Errorf("a stop by policy ends with %d", code)
	}
	if got := s.noted("starts"); len(got) != 1 {
		t.Errorf("started %d times", len(got))
	}
}

func TestRestartOnFailureLeavesACleanEndAlone(t *testing.T) {
	t.Parallel()
	s := newService(t, map[string]any{"args": []string{"-exit", "0"}, "restart": "on-failure"})
	s.start()
	s.waitForEnd()
	if got := s.noted("starts"); len(got) != 1 {
		t.Errorf("started %d times", len(got))
	}
}

func TestOnAbnormalTellsAPanicFromExitCode2(t *testing.T) {
	t.Parallel()
	plain := newService(t, map[string]any{"args": []string{"-exit", "2"}, "restart": "on-abnormal"})
	plain.start()
	plain.waitForEnd()
	panics := newService(t, map[string]any{"args": []string{"-panic", "-times", "1"}, "restart": "on-abnormal"})
	panics.start()
	panics.until("it was started again", func() bool { return len(panics.noted("starts")) == 2 })
	if got := plain.noted("starts"); len(got) != 1 {
		t.Errorf("started %d times after an ordinary exit code 2", len(got))
	}
}

func TestADeafProgramIsEndedWithItsWholeTree(t *testing.T) {
	t.Parallel()
	s := newService(t, map[string]any{"args": []string{"-deaf", "-family"}, "timeoutStopSec": 0.3})
	s.start()
	s.until("the grandchild is there", func() bool { return len(s.noted("grandchildren")) == 1 })
	program, grandchild := s.noted("starts")[0], s.noted("grandchildren")[0]
	s.must("stop")
	s.waitForEnd()
	if alive(program) || alive(grandchild) {
		t.Errorf("program alive %v, grandchild alive %v", alive(program), alive(grandchild))
	}
}

func TestAGrandchildDoesNotOutliveACrash(t *testing.T) {
	t.Parallel()
	s := newService(t, map[string]any{"args": []string{"-family", "-exit", "1", "-times", "1"}})
	s.start()
	s.until("both grandchildren are there", func() bool { return len(s.noted("grandchildren")) == 2 })
	first, second := s.noted("grandchildren")[0], s.noted("grandchildren")[1]
	if alive(first) || !alive(second) {
		t.Errorf("of the crashed program: alive %v; of the running one: alive %v", alive(first), alive(second))
	}
}

func TestAMissingProgramIsQuarantine(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	os.Remove(filepath.Join(s.root, "hello"))
	s.start()
	if status := s.untilState("quarantine"); status.Restarts != 0 {
		t.Errorf("status: %+v", status)
	}
}

func TestTheSystemsStopIsObeyed(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	s.start()
	pid := s.untilState("ready").PID
	s.guard.Process.Signal(syscall.SIGTERM)
	if code := s.waitForEnd(); code != 0 || alive(pid) {
		t.Errorf("code %d, program alive %v", code, alive(pid))
	}
	if _, err := os.Stat(filepath.Join(s.root, "state", "intent.json")); err == nil {
		t.Error("a shutdown was remembered as an administrator's stop")
	}
}

func TestADeadGuardIsReplaced(t *testing.T) {
	t.Parallel()
	s := newService(t, map[string]any{"args": []string{"-family"}})
	s.start()
	s.untilState("ready")
	s.until("the grandchild is there", func() bool { return len(s.noted("grandchildren")) == 1 })
	s.until("the marker names the program", func() bool { return s.marker().Program.PID > 0 })
	first := s.marker()
	syscall.Kill(first.Guard.PID, syscall.SIGKILL)
	s.until("it was started again", func() bool { return len(s.noted("starts")) == 2 })
	if alive(first.Program.PID) || alive(s.noted("grandchildren")[0]) {
		t.Error("the dead guard's program is still there")
	}
	s.untilState("ready")
	s.until("the death is noted", func() bool { return strings.Contains(s.must("evidence", "list"), "guard-died") })
	s.must("stop")
	if code := s.waitForEnd(); code != 0 {
		t.Errorf("the twin ended with %d", code)
	}
}

func TestTwoGuardsOnOneFolder(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the whole time a new guard gives an old one")
	}
	t.Parallel()
	s := newService(t, nil)
	s.start()
	s.untilState("ready")
	code, _, stderr := s.command("run", "--alone")
	if code != 0 || !strings.Contains(stderr, "already running") {
		t.Errorf("the second guard: %d %s", code, stderr)
	}
	if got := s.noted("starts"); len(got) != 1 {
		t.Errorf("started %d times", len(got))
	}
}

func TestDamagedConfiguration(t *testing.T) {
	t.Parallel()
	s := newService(t, nil)
	os.WriteFile(filepath.Join(s.root, "guard.json"), []byte("{\n  \"name\": \"hello\",\n  \"program\": \"hel"), 0o644)
	s.start()
	if code := s.waitForEnd(); code != 2 || !strings.Contains(s.said(), "guard.json:3:18: ") {
		t.Errorf("code %d, said %q", code, s.said())
	}
}
