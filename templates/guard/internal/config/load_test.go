package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func load(t *testing.T, text string, overrides ...string) (Loaded, error) {
	t.Helper()
	folder := t.TempDir()
	names := []string{}
	for i, content := range append([]string{text}, overrides...) {
		name := filepath.Join(folder, []string{"guard.json", "guard.local.json"}[i])
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return Load(names[0], append(names[1:], filepath.Join(folder, "not-there.json"))...)
}

const least = `"name": "hello", "program": "hello"`

func TestFaultsAreNamedByTheirPlace(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{\n  \"name\": \"hello\",\n  \"program\": \"hel", "guard.json:3:18: "},
		{"{\n  \"name\": \"hello\" \"program\"}", "guard.json:2:19: not JSON"},
		{"", "guard.json:1:1: the file ends too early"},
		{"{" + least + "} {}", "text after the end"},
		{"{" + least + ",\n \"name\": \"again\"}", `guard.json:2:2: "name" is there twice`},
		{"{" + least + ",\n \"restartsec\": 1}", `guard.json:2:2: restartsec: no such setting; did you mean "restartSec"?`},
		{"{" + least + ",\n \"restartSec\": \"1s\"}", `guard.json:2:16: restartSec: a number of seconds is wanted, not "1s"`},
		{"{" + least + ",\n \"restartSec\": -1}", "guard.json:2:16: restartSec: a number of seconds from 0"},
		{"{" + least + ",\n \"restartSec\": 1e999}", "guard.json:2:16: restartSec: a number of seconds from 0"},
		{"{" + least + ",\n \"startLimitBurst\": 1.5}", "startLimitBurst: a whole number is wanted, not 1.5"},
		{"{" + least + ",\n \"args\": {}}", "args: a list in [ ] is wanted, not a group"},
		{"{" + least + ",\n \"args\": [\"a\", 2]}", "guard.json:2:16: args[1]: text is wanted, not 2"},
		{"{" + least + ",\n \"livenessProbe\": {\"httpGet\": {\"port\": 0}}}", "livenessProbe.httpGet.port: a port from 1"},
		{"{" + least + ",\n \"livenessProbe\": {}}", "livenessProbe: exactly one of httpGet"},
		{"{" + least + ",\n \"livenessProbe\": {\"tcpSocket\": {\"port\": 1}, \"successThreshold\": 2}}", "livenessProbe.successThreshold: must be 1"},
		{"{" + least + ", \"environment\": {\"A\": {\"secret\": \"x\"}}}", `"env" or "file" is wanted, not "secret"`},
		{"{" + least + ", \"environment\": {\"A\": {\"file\": \"../x\"}}}", "a path below the root folder is wanted"},
		{"{" + least + ", \"restart\": \"sometimes\"}", `restart: "sometimes" is none of no, on-failure`},
		{"{" + least + ", \"exitCodes\": {\"1-x\": \"stop\"}}", `"1-x" is no exit code`},
		{"{" + least + ", \"exitCodes\": {\"1\": \"dance\"}}", `"dance" for 1 is none of`},
		{"{" + least + ", \"exitCodes\": {\"1-5\": \"stop\", \"3\": \"restart\"}}", "3 is there twice"},
		{"{" + least + ", \"stop\": {\"http\": {\"url\": \"http://a:b@c/\"}}}", "must not hold a password"},
		{"{" + least + ", \"stop\": {\"http\": {\"url\": \"http://c/\"}, \"exec\": [\"x\"]}}", "http and exec cannot both"},
		{`{"name": "hello", "program": "../hello"}`, "program: a path below the version's own folder"},
		{`{"name": "hello", "program": "C:hello"}`, "program: a path below"},
		{`{"name": "../x", "program": "hello"}`, "name: 1 to 80 letters"},
		{"{" + least + ", \"tag\": \"..\"}", "tag: letters, digits"},
		{"{" + least + ", \"schema\": 2}", "schema: this guard reads formats up to 1"},
		// The traps of systemd.
		{"{" + least + ", \"restartSteps\": 0, \"restartMaxDelaySec\": 9}", "restartMaxDelaySec: without restartSteps"},
		{"{" + least + ", \"restartSec\": 100, \"restartSteps\": 0}", "5 failures cannot fall into 300 s"},
		{"{" + least + ", \"restartSec\": 60, \"restartMaxDelaySec\": 30}", "restartMaxDelaySec: smaller than restartSec"},
		{"{" + least + ", \"startLimitBurst\": 0}", "startLimitBurst: 1 to"},
	} {
		_, err := load(t, c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) || !errors.Is(err, ErrInvalid) {
			t.Errorf("%s\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestAllFaultsAreToldAtOnce(t *testing.T) {
	_, err := load(t, "{"+least+`, "a": 1, "b": 2}`)
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 2 {
		t.Errorf("%v", err)
	}
}

func TestOverridesAndSources(t *testing.T) {
	loaded, err := load(t, "{"+least+`, "livenessProbe": {"tcpSocket": {"port": 80}, "periodSeconds": 3}, "environment": {"A": "a"}}`,
		"{\n \"restartSec\": 0.5, \"livenessProbe\": {\"timeoutSeconds\": 2}, \"environment\": {\"B\": {\"env\": \"X\"}}}")
	if err != nil {
		t.Fatal(err)
	}
	probe := loaded.LivenessProbe
	if loaded.RestartSec.Duration() != 500*time.Millisecond || probe.TCPSocket.Port != 80 || probe.TimeoutSeconds != seconds(2) || probe.PeriodSeconds != seconds(3) || probe.FailureThreshold != 3 {
		t.Errorf("%+v %+v", loaded.Config, probe)
	}
	if len(loaded.Environment) != 2 || loaded.Environment["B"].Env != "X" {
		t.Errorf("%+v", loaded.Environment)
	}
	if got := loaded.Sources["restartSec"]; !strings.HasSuffix(got, "guard.local.json:2:16") {
		t.Errorf("source: %s", got)
	}
}

func TestDelaysGrowInEqualRatios(t *testing.T) {
	c := Defaults()
	c.RestartSec, c.RestartSteps, c.RestartMaxDelaySec = seconds(1), 4, seconds(16)
	for failures, want := range map[int]time.Duration{0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 6: 16, 7: 16, 1000: 16} {
		if got := Delay(c, failures); got.Round(time.Millisecond) != want*time.Second {
			t.Errorf("%d failures: %s, want %d s", failures, got, want)
		}
	}
	c.RestartSteps = 0
	if got := Delay(c, 9); got != time.Second {
		t.Errorf("without steps: %s", got)
	}
}
