package guard

import (
	"context"
	"time"

	"gopack.dev/guard/internal/boot"
	"gopack.dev/guard/internal/supervise"
)

// evidenceTimeout is how long a hung program is looked at, and how long an incident may take to be written.
const evidenceTimeout = 5 * time.Second

func (g *Guard) apply(effect supervise.Effect) {
	switch e := effect.(type) {
	case supervise.StartProgram:
		g.start(e)
	case supervise.StopProgram:
		g.askToEnd()
	case supervise.KillProgram:
		g.program.stopProbes()
		g.report(g.program.Kill())
	case supervise.Capture:
		g.captureHang(e)
	case supervise.SetPointer:
		g.setPointer(e.Version)
	case supervise.MarkStable:
		g.log.Info("the version is stable", "version", e.Tag)
		g.later(func() { g.report(g.store.MarkStable(e.Tag)) })
	case supervise.MarkBad:
		// Before the pointer: a guard killed in between finds a bad version current, and goes back.
		g.report(g.store.MarkBad(e.Tag))
	case supervise.WriteIncident:
		g.writeIncident(e)
	case supervise.RememberStop:
		g.report(boot.RememberStop(g.root.State("intent.json"), g.bootID))
	case supervise.ForgetStop:
		g.report(boot.ForgetStop(g.root.State("intent.json")))
	case supervise.Notify:
		g.log.Warn(string(e.About), "version", g.state.Version.Tag)
	case supervise.Ended:
		g.log.Info("stopped", "version", g.state.Version.Tag, "by_policy", e.ByPolicy)
		g.over = true
	}
}

// askToEnd asks without waiting for the answer; when asking fails, the tree is ended.
func (g *Guard) askToEnd() {
	p, own := g.program, g.program.settings
	p.stopProbes()
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), own.policy.StopTimeout)
		defer cancel()
		if err := own.ask(ctx, p); err != nil {
			g.log.Warn("the program could not be asked to end, so it is ended", "error", err.Error())
			g.report(p.Kill())
		}
	}()
}

func (g *Guard) setPointer(v supervise.Version) {
	err := g.store.SetCurrent(v.Tag)
	if err == nil {
		err = g.loadVersion(v.Tag)
	}
	if err != nil {
		g.log.Error("the version was not switched", "version", v.Tag, "error", err.Error())
		// The pointer goes back to what keeps running.
		g.report(g.store.SetCurrent(g.state.Version.Tag))
		g.then(supervise.PointerSet{Failed: true})
		return
	}
	g.log.Info("switched", "version", v.Tag)
	g.then(supervise.PointerSet{})
}
