package guard_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func probeOf(port int) map[string]any {
	return map[string]any{"httpGet": map[string]any{"port": port, "path": "/healthz"}, "periodSeconds": 0.2, "timeoutSeconds": 0.2}
}

func TestAHangIsSeenLookedAtAndEnded(t *testing.T) {
	t.Parallel()
	address, port := freeAddress(t)
	s := newService(t, map[string]any{"args": []string{"-listen", address}, "startupProbe": probeOf(port), "livenessProbe": probeOf(port)})
	s.start()
	first := s.untilState("ready")
	get(address, "/hang")
	s.until("it was started again", func() bool { return len(s.noted("starts")) == 2 })
	s.until("the incident is there", func() bool { return s.status().LastIncident != "" })
	status := s.untilState("ready")
	shown := s.must("evidence", "show", status.LastIncident)
	if !strings.Contains(shown, `"kind": "hang"`) || !strings.Contains(shown, "liveness: no answer in 200ms") {
		t.Errorf("the incident: %s", shown)
	}
	output, _ := os.ReadFile(filepath.Join(s.root, "evidence", status.LastIncident, "output.log"))
	if !strings.Contains(string(output), "SIGQUIT") || !strings.Contains(string(output), "main.serve") {
		t.Errorf("the stacks of the hung program are missing: %q", output)
	}
	if alive(first.PID) {
		t.Error("the hung program is still there")
	}
}

func TestAStoppedProcessIsAHangToo(t *testing.T) {
	t.Parallel()
	address, port := freeAddress(t)
	s := newService(t, map[string]any{"args": []string{"-listen", address}, "livenessProbe": probeOf(port)})
	s.start()
	first := s.untilState("ready")
	syscall.Kill(first.PID, syscall.SIGSTOP)
	s.until("it was started again", func() bool { return len(s.noted("starts")) == 2 })
	if alive(first.PID) {
		t.Error("the stopped process is still there")
	}
}

func TestReadinessIsShownAndDoesNotRestart(t *testing.T) {
	t.Parallel()
	address, port := freeAddress(t)
	s := newService(t, map[string]any{"args": []string{"-listen", address}, "readinessProbe": probeOf(port)})
	s.start()
	s.untilState("ready")
	get(address, "/sick")
	status := s.untilState("degraded")
	if !strings.Contains(status.Probes["readiness"].Error, "503") {
		t.Errorf("%+v", status.Probes)
	}
	if code, _, _ := s.command("status"); code != 1 {
		t.Errorf("exit code of status: %d", code)
	}
	get(address, "/sick")
	s.untilState("ready")
	if got := s.noted("starts"); len(got) != 1 {
		t.Errorf("started %d times", len(got))
	}
}

func TestAProgramThatNeverAnswersFailsItsStart(t *testing.T) {
	t.Parallel()
	_, port := freeAddress(t)
	s := newService(t, map[string]any{"startupProbe": probeOf(port), "startLimitBurst": 2, "restartSec": 0, "restartSteps": 0})
	s.start()
	s.untilState("quarantine")
	if got := s.noted("starts"); len(got) != 2 {
		t.Errorf("started %d times", len(got))
	}
}

func TestStopByHTTP(t *testing.T) {
	t.Parallel()
	address, port := freeAddress(t)
	s := newService(t, map[string]any{"args": []string{"-listen", address, "-deaf"}, "readinessProbe": probeOf(port),
		"stop": map[string]any{"http": map[string]any{"url": "http://" + address + "/quit"}}})
	s.start()
	s.untilState("ready")
	s.must("stop")
	s.waitForEnd()
	if data, _ := os.ReadFile(filepath.Join(s.root, "data", "stops")); string(data) != "http\n" {
		t.Errorf("not stopped by HTTP: %q", data)
	}
}
