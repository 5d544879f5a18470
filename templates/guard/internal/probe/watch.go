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
	var counted tally
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
		if !isVoid(err, late, time.Since(due), p) {
			report.Result(name, err)
			switch counted.add(err, p) {
			case turnedGood:
				good()
			case turnedBad:
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

// isVoid: a suspended or starved machine looks like a hang, so a bad answer that came two periods late says nothing.
func isVoid(err error, late, sinceDue time.Duration, p *Probe) bool {
	slack := 2 * p.PeriodSeconds.Duration()
	return err != nil && (late > slack || sinceDue > slack+p.TimeoutSeconds.Duration())
}

// tally counts answers of one kind in a row.
type tally struct {
	wins, losses int
	last         turn
}

type turn int

const (
	noTurn turn = iota
	turnedGood
	turnedBad
)

// add tells when a threshold is reached, once for each change.
func (t *tally) add(err error, p *Probe) turn {
	now := noTurn
	if err == nil {
		t.wins, t.losses = t.wins+1, 0
		if t.wins >= p.SuccessThreshold {
			now = turnedGood
		}
	} else {
		t.wins, t.losses = 0, t.losses+1
		if t.losses >= p.FailureThreshold {
			now = turnedBad
		}
	}
	if now == t.last || now == noTurn {
		return noTurn
	}
	t.last = now
	return now
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
