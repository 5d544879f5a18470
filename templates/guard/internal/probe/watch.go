package probe

import (
	"context"
	"fmt"
	"sync"
	"time"

	"gopack.dev/guard/internal/config"
)

// Set is the probes of a program; any of them may be missing.
type Set struct {
	Startup, Readiness, Liveness *Probe
}

// Probe is a question with its times.
type Probe struct {
	config.Probe
	Check Check
}

// Report is what Watch tells; each function may be called from several goroutines.
type Report struct {
	Ready func(ready bool)
	// Hung says which probe gave up, and the last answer. Nothing is reported after it.
	Hung func(probe string, err error)
	// Result is told every answer.
	Result func(probe string, err error)
}

// Watch asks until the context ends. The startup probe holds the others back; without a readiness probe the program
// is ready with the first good answer of its liveness probe, and without that one at once.
func Watch(ctx context.Context, set Set, report Report) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	hang := func(name string) func(error) {
		return func(err error) {
			cancel()
			report.Hung(name, err)
		}
	}
	if set.Startup != nil && !started(ctx, set.Startup, report, hang("startup")) {
		return
	}
	var both sync.WaitGroup
	switch {
	case set.Readiness != nil:
		both.Go(func() {
			watch(ctx, "readiness", set.Readiness, report, func() { report.Ready(true) }, func(error) { report.Ready(false) })
		})
	case set.Liveness == nil:
		report.Ready(true)
	}
	if set.Liveness != nil {
		good := func() {
			if set.Readiness == nil {
				report.Ready(true)
			}
		}
		both.Go(func() { watch(ctx, "liveness", set.Liveness, report, good, hang("liveness")) })
	}
	both.Wait()
}

func started(ctx context.Context, p *Probe, report Report, failed func(error)) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ok := false
	watch(ctx, "startup", p, report, func() { ok = true; cancel() }, func(err error) { cancel(); failed(err) })
	return ok
}

// watch calls good and bad when a threshold is reached, once for each change.
func watch(ctx context.Context, name string, p *Probe, report Report, good func(), bad func(error)) {
	period := p.PeriodSeconds.Duration()
	timer := time.NewTimer(p.InitialDelaySeconds.Duration())
	defer timer.Stop()
	due := time.Now().Add(p.InitialDelaySeconds.Duration())
	wins, losses := 0, 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		late := time.Since(due)
		err := ask(ctx, p)
		if ctx.Err() != nil {
			return
		}
		// A suspended or starved machine looks like a hang: such a round says nothing.
		void := err != nil && (late > 2*period || time.Since(due) > 2*period+p.TimeoutSeconds.Duration())
		if !void {
			report.Result(name, err)
			wins, losses = wins+1, losses+1
			if err == nil {
				losses = 0
			} else {
				wins = 0
			}
			if wins == p.SuccessThreshold {
				good()
			}
			if losses == p.FailureThreshold {
				bad(err)
			}
		}
		due = due.Add(period)
		if now := time.Now(); due.Before(now) {
			due = now
		}
		timer.Reset(time.Until(due))
	}
}

// ask ends in time even when the question does not.
func ask(ctx context.Context, p *Probe) error {
	limit := p.TimeoutSeconds.Duration()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	answer := make(chan error, 1)
	go func() { answer <- p.Check(ctx) }()
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return fmt.Errorf("no answer in %s", limit)
	}
}
