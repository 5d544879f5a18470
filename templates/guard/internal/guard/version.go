package guard

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/control"
	"gopack.dev/guard/internal/supervise"
	"gopack.dev/guard/internal/versions"
)

// chooseVersion finds what to start: the current version, or the one that held last when that cannot be used.
func (g *Guard) chooseVersion() error {
	tag, err := g.store.Current()
	if err == nil {
		err = g.usable(tag)
	}
	if err != nil {
		back := g.store.Fallback(tag)
		if back == "" {
			return err
		}
		g.log.Error("the current version cannot be used; the one that held last is taken", "error", err.Error(), "version", back)
		if err := g.usable(back); err != nil {
			return err
		}
		if err := g.store.SetCurrent(back); err != nil {
			return err
		}
		tag = back
	}
	g.state = supervise.New(g.versionOf(tag))
	return nil
}

// usable loads a version after looking whether it is whole.
func (g *Guard) usable(tag string) error {
	if tag == "" {
		return g.loadVersion(tag) // an unzipped release that was not installed
	}
	record, err := g.store.Record()
	g.report(err)
	if slices.Contains(record.Bad, tag) && g.store.Fallback(tag) != "" {
		return fmt.Errorf("version %s failed on trial", tag)
	}
	if err := g.store.Verify(tag); err != nil {
		return err
	}
	return g.loadVersion(tag)
}

// loadVersion reads the configuration that travels with a version. On an error nothing has changed.
func (g *Guard) loadVersion(tag string) error {
	loaded, err := config.Load(g.root.GuardJSON(tag), g.root.Overrides())
	if err != nil {
		return err
	}
	policy, err := policyOf(loaded.Config)
	if err != nil {
		return err
	}
	g.settings = &settings{config: loaded, policy: policy, root: g.root, tag: tag, host: g.host}
	return nil
}

func (g *Guard) versionOf(tag string) supervise.Version {
	record, _ := g.store.Record()
	if slices.Contains(record.Proven, tag) {
		return supervise.Version{Tag: tag, Proven: true}
	}
	return supervise.Version{Tag: tag, Fallback: g.store.Fallback(tag)}
}

func policyOf(c config.Config) (supervise.Policy, error) {
	ranges, err := config.ExitCodeRanges(c)
	if err != nil {
		return supervise.Policy{}, err
	}
	return supervise.Policy{
		Restart: supervise.Restart(c.Restart),
		Delay:   func(failures int) time.Duration { return config.Delay(c, failures) },
		ExitCode: func(code uint32) (supervise.Action, bool) {
			for _, r := range ranges {
				if r.From <= code && code <= r.To {
					return supervise.Action(r.Action), true
				}
			}
			return "", false
		},
		StartLimitBurst:    c.StartLimitBurst,
		StartLimitInterval: c.StartLimitIntervalSec.Duration(),
		StopTimeout:        c.TimeoutStopSec.Duration(),
		HealthWindow:       c.HealthWindowSec.Duration(),
		EvidenceTimeout:    evidenceTimeout,
		Rollback:           c.Rollback == "auto",
	}, nil
}

// switchTo makes an unpacked version the current one.
func (g *Guard) switchTo(request control.Request) error {
	if refused := supervise.MayDeploy(g.policy, g.state); refused != "" && !request.Force {
		return fmt.Errorf("refused: %s", refused)
	}
	if g.state.Version.Tag == "" {
		return errors.New("refused: this is an unzipped release, not an installed one")
	}
	if err := versions.CheckTag(request.Tag); err != nil {
		return err
	}
	if request.Tag == g.state.Version.Tag {
		return nil
	}
	if _, err := config.Load(g.root.GuardJSON(request.Tag), g.root.Overrides()); err != nil {
		return err
	}
	next := g.versionOf(request.Tag)
	if !next.Proven && g.state.Version.Proven {
		next.Fallback = g.state.Version.Tag
	}
	g.step(supervise.SwitchTo{Version: next})
	return nil
}
