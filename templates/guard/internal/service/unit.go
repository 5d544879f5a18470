// Package service says how the system is told about the guard: as text and data, without touching anything.
package service

import (
	"fmt"
	"strings"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/layout"
)

// Unit is the systemd unit of a service. systemd watches the guard, and its control group holds the whole tree; the
// guard watches the program.
func Unit(c config.Config, root layout.Root, exe string) string {
	stop := c.TimeoutStopSec.Duration().Seconds() + 15
	lines := []string{
		"[Unit]",
		"Description=" + escape(orElse(c.Description, c.Name)),
		"After=network.target",
		"StartLimitIntervalSec=0",
		"",
		"[Service]",
		"Type=exec",
		"ExecStart=" + quote(exe) + " run --alone --root " + strings.ReplaceAll(quote(string(root)), "$", "$$"),
		"Restart=on-failure",
		"RestartSec=1",
		fmt.Sprintf("TimeoutStopSec=%g", stop),
		"KillMode=mixed",
		"NoNewPrivileges=yes",
		"PrivateTmp=yes",
		"ProtectSystem=full",
	}
	if c.Service.Account != "" {
		lines = append(lines, "User="+escape(c.Service.Account))
	}
	return strings.Join(append(lines, "", "[Install]", "WantedBy=multi-user.target", ""), "\n")
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// escape keeps systemd from reading specifiers, and a line from ending early.
func escape(text string) string {
	return strings.NewReplacer("%", "%%", "\n", " ", "\r", " ").Replace(text)
}

// quote makes one word of a path for ExecStart; variables are only looked for behind the first word.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%", "\n", `\n`).Replace(text) + `"`
}
