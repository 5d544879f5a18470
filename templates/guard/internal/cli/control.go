package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/control"
	"gopack.dev/guard/internal/guard"
	"gopack.dev/guard/internal/layout"
	"gopack.dev/guard/internal/versions"
)

// current reads the configuration of the current version.
func current(root layout.Root) (config.Loaded, error) {
	tag, err := versions.Store{Root: root}.Current()
	if err != nil {
		return config.Loaded{}, err
	}
	return config.Load(root.GuardJSON(tag), root.Overrides())
}

func call(ctx context.Context, root layout.Root, request control.Request, body any) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	loaded, err := current(root)
	if err != nil {
		// The name is only part of the address on Windows, and the guard may run with what it read before.
		loaded.Name = ""
	}
	return control.Call(ctx, control.AddressOf(root.State(), loaded.Name), request, body)
}

// plain sends the verb itself.
func (c *command) plain() func(context.Context) error {
	return func(ctx context.Context) error {
		root, err := c.folder()
		if err != nil {
			return err
		}
		err = call(ctx, root, control.Request{Verb: c.verb}, nil)
		if c.verb == "stop" && errors.Is(err, control.ErrNoGuard) {
			return nil // it is stopped already
		}
		return err
	}
}

func (c *command) status() func(context.Context) error {
	showConfig := c.flags.Bool("config", false, "show the effective configuration and where each value comes from")
	return func(ctx context.Context) error {
		root, err := c.folder()
		if err != nil {
			return err
		}
		if *showConfig {
			return c.showConfig(root)
		}
		var status guard.Status
		err = call(ctx, root, control.Request{Verb: "status"}, &status)
		if errors.Is(err, control.ErrNoGuard) {
			status, err = stopped(root)
		}
		if err != nil {
			return err
		}
		if c.json {
			err = c.printJSON(status)
		} else {
			err = c.printStatus(status)
		}
		if code := map[string]int{"ready": 0, "degraded": 1, "quarantine": 2, "stopped": 3}[status.State]; err == nil && code != 0 {
			return errStatus(code)
		}
		return err
	}
}

// stopped is the status when no guard runs: what the folder says.
func stopped(root layout.Root) (guard.Status, error) {
	tag, err := versions.Store{Root: root}.Current()
	if err != nil {
		return guard.Status{}, err
	}
	loaded, err := config.Load(root.GuardJSON(tag), root.Overrides())
	return guard.Status{Schema: 1, Name: loaded.Name, State: "stopped", Phase: "stopped", Tag: tag}, err
}

func (c *command) printJSON(value any) error {
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.stdout, "%s\n", data)
	return err
}

func (c *command) printStatus(s guard.Status) error {
	line := func(name, format string, args ...any) {
		fmt.Fprintf(c.stdout, "%-14s %s\n", name, fmt.Sprintf(format, args...))
	}
	line(s.Name, "%s", s.State)
	if s.Tag != "" {
		line("version", "%s%s", s.Tag, map[bool]string{false: " (on trial)"}[s.Proven])
	}
	if s.PID != 0 {
		line("process", "%d, up %s", s.PID, time.Duration(s.UptimeSec*float64(time.Second)).Round(time.Second))
	}
	line("restarts", "%d", s.Restarts)
	for _, name := range slices.Sorted(maps.Keys(s.Probes)) {
		if result := s.Probes[name]; result.OK {
			line(name, "well at %s", result.Time.Format(time.TimeOnly))
		} else {
			line(name, "%s", result.Error)
		}
	}
	if s.LastIncident != "" {
		line("last incident", "%s", s.LastIncident)
	}
	if s.NextAction != "" {
		line("next", "%s in %.0f s", s.NextAction, s.NextActionSec)
	}
	return nil
}

func (c *command) showConfig(root layout.Root) error {
	loaded, err := current(root)
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(map[string]any{"config": loaded.Config, "sources": loaded.Sources})
	}
	if err := c.printJSON(loaded.Config); err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(loaded.Sources)) {
		if path != "" {
			fmt.Fprintf(c.stdout, "%-40s %s\n", path, loaded.Sources[path])
		}
	}
	return nil
}
