package guard

import (
	"context"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/probe"
	"gopack.dev/guard/internal/supervise"
)

// watch asks the probes of a program until it ends or is asked to.
func (g *Guard) watch(p *program) {
	ctx, cancel := context.WithCancel(context.Background())
	p.stopProbes = cancel
	set := probe.Set{Startup: p.probe(p.config.StartupProbe), Readiness: p.probe(p.config.ReadinessProbe), Liveness: p.probe(p.config.LivenessProbe)}
	if set == (probe.Set{}) {
		g.then(supervise.Readiness{Run: p.run, Ready: true})
		return
	}
	send := func(event supervise.Event) {
		select {
		case g.events <- event:
		case <-p.Done():
		}
	}
	go probe.Watch(ctx, set, probe.Report{
		Ready: func(ready bool) { send(supervise.Readiness{Run: p.run, Ready: ready}) },
		Hung: func(name string, err error) {
			g.log.Error("the program hangs", "probe", name, "error", err.Error(), "pid", p.PID)
			g.view.hung(name + ": " + err.Error())
			send(supervise.Hung{Run: p.run, Cause: supervise.CauseHang})
		},
		Result: g.view.probed,
	})
}

func (s *settings) probe(p *config.Probe) *probe.Probe {
	if p == nil {
		return nil
	}
	return &probe.Probe{Probe: *p, Check: probe.NewCheck(*p, s.expand, s.runCommand)}
}
