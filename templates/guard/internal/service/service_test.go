package service

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/layout"
)

func hello() config.Config {
	c := config.Defaults()
	c.Name, c.Description = "hello", "says hello 100% of\nthe time"
	return c
}

func TestTheUnitIsOneSystemdAccepts(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("needs systemd-analyze")
	}
	folder := filepath.Join(t.TempDir(), "with space $HOME 100%")
	os.MkdirAll(folder, 0o755)
	exe := filepath.Join(folder, "hello-guard")
	os.WriteFile(exe, []byte("#!/bin/sh\n"), 0o755)
	unit := filepath.Join(t.TempDir(), "hello.service")
	os.WriteFile(unit, []byte(Unit(hello(), layout.Root(folder), exe)), 0o644)
	output, err := exec.Command(analyze, "verify", "--man=no", unit).CombinedOutput()
	for line := range strings.Lines(string(output)) {
		if strings.Contains(line, "hello.service") {
			t.Errorf("systemd-analyze: %s", line)
		}
	}
	if err != nil && len(output) == 0 {
		t.Error(err)
	}
}

func TestTheWindowsPlan(t *testing.T) {
	c := hello()
	c.Service.Start, c.Service.Dependencies = "delayed", []string{"Tcpip", "Afd"}
	plan := strings.Join(WindowsPlan(c, `C:\services\hello`, `C:\services\hello\hello-guard.exe`), "\n")
	for _, want := range []string{
		`sc create hello binPath= "\"C:\services\hello\hello-guard.exe\" service --root \"C:\services\hello\"" start= delayed-auto obj= "NT SERVICE\hello" DisplayName= "hello" depend= "Tcpip/Afd"`,
		"sc failure hello reset= 86400 actions= restart/1000/restart/5000/restart/60000",
		"sc failureflag hello 1",
		"PreshutdownTimeout /t REG_DWORD /d 35000",
		`EventMessageFile /t REG_EXPAND_SZ /d %SystemRoot%\System32\EventCreate.exe`,
		`icacls "C:\services\hello" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F "NT SERVICE\hello:(OI)(CI)RX"`,
		`icacls "C:\services\hello\state" /grant:r "NT SERVICE\hello:(OI)(CI)M"`,
	} {
		if !strings.Contains(plan, want) {
			t.Errorf("missing: %s\nin\n%s", want, plan)
		}
	}
	if strings.Contains(plan, "reboot") {
		t.Error("a reboot is never a failure action")
	}
}
