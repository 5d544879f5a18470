// Package guard is the running guard: it feeds the state machine with what happens and does what it says.
package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"gopack.dev/guard/internal/boot"
	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/control"
	"gopack.dev/guard/internal/evidence"
	"gopack.dev/guard/internal/layout"
	"gopack.dev/guard/internal/lock"
	"gopack.dev/guard/internal/logs"
	"gopack.dev/guard/internal/process"
	"gopack.dev/guard/internal/supervise"
	"gopack.dev/guard/internal/versions"
)

// How long a new guard waits for an earlier one and its program to be gone.
const takeover = 10 * time.Second

// Options of one guard.
type Options struct {
	Root layout.Root
	// Changed is told the state after each step; it must not block. May be nil.
	Changed func(supervise.State)
	// Log is where the guard's own lines go as well, beside its file; may be nil.
	Log slog.Handler
}

// Guard is one guard at work. Everything in the first group belongs to the goroutine of loop.
type Guard struct {
	*settings
	state   supervise.State
	program *program
	last    *ended
	pending []supervise.Event
	over    bool

	root     layout.Root
	store    versions.Store
	evidence evidence.Store
	host     *process.Host
	capture  *logs.Capture
	log      *slog.Logger
	bootID   string
	born     time.Time
	changed  func(supervise.State)
	events   chan supervise.Event
	asked    chan question
	work     chan func()
	view     view
	workers  sync.WaitGroup
}

// question is a command that the loop has to answer.
type question struct {
	request control.Request
	answer  chan error
}

// Run supervises until the program is stopped for good, or the context ends. It matches lock.ErrHeld when another
// guard works on the folder and does not end.
func Run(ctx context.Context, options Options) error {
	if err := options.Root.Make(); err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(ctx, takeover)
	defer cancel()
	held, err := lock.Wait(wait, options.Root.State("lock"))
	if err != nil {
		return err
	}
	defer held.Release()
	g, finish, err := open(options)
	if err != nil {
		return err
	}
	defer finish()
	stop, err := g.listen(ctx)
	if err != nil {
		return err
	}
	defer stop()
	if err := g.takeOver(ctx); err != nil {
		return err
	}
	g.loop(ctx)
	return nil
}

func open(options Options) (_ *Guard, finish func(), err error) {
	g := &Guard{root: options.Root, store: versions.Store{Root: options.Root}, born: time.Now(), changed: options.Changed,
		events: make(chan supervise.Event, 64), asked: make(chan question), work: make(chan func(), 64)}
	if g.host, err = process.NewHost(); err != nil {
		return nil, nil, err
	}
	if g.bootID, err = boot.ID(); err != nil {
		return nil, nil, err
	}
	ownLog, err := logs.NewRotated(options.Root.Logs(), "guard", logs.Limits{Size: 8 << 20, Age: 7 * 24 * time.Hour, Total: 32 << 20, Keep: 30 * 24 * time.Hour, Compress: true})
	if err != nil {
		return nil, nil, err
	}
	g.log = newLogger(ownLog, options.Log, filepath.Base(string(options.Root)))
	if err := g.chooseVersion(); err != nil {
		g.log.Error("the guard cannot start", "error", err.Error())
		return nil, nil, errors.Join(err, ownLog.Close())
	}
	g.log = newLogger(ownLog, options.Log, g.config.Name)
	output, err := logs.NewRotated(options.Root.Logs(), g.config.Name, limitsOf(g.config.Logs))
	if err != nil {
		return nil, nil, errors.Join(err, ownLog.Close())
	}
	g.capture = logs.NewCapture(output)
	g.evidence = evidence.Store{Folder: options.Root.Evidence(), Quota: int64(g.config.Evidence.QuotaMB) << 20}
	g.workers.Go(g.worker)
	return g, func() {
		close(g.work)
		g.workers.Wait()
		g.capture.Close()
		g.report(output.Close())
		g.report(g.forgetMarker())
		ownLog.Close()
	}, nil
}

func limitsOf(l config.Logs) logs.Limits {
	return logs.Limits{Size: int64(l.MaxSizeMB) << 20, Age: l.MaxAgeSec.Duration(), Total: int64(l.TotalMB) << 20,
		Keep: time.Duration(l.Days) * 24 * time.Hour, Compress: l.Compress}
}

// worker does what must not hold up a restart, one after the other.
func (g *Guard) worker() {
	for job := range g.work {
		job()
	}
}

// later hands a job to the worker; false when it has too much to do already.
func (g *Guard) later(job func()) bool {
	select {
	case g.work <- job:
		return true
	default:
		return false
	}
}

func (g *Guard) report(err error) {
	if err != nil {
		g.log.Error(err.Error())
	}
}

// now is monotonic: a clock that is set, forward or back, changes no delay.
func (g *Guard) now() time.Duration { return time.Since(g.born) }

func (g *Guard) loop(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	g.step(supervise.Start{})
	done := ctx.Done()
	for !g.over {
		timer.Reset(g.untilWake())
		select {
		case <-done:
			done = nil
			g.step(supervise.Stop{Shutdown: true})
		case event := <-g.events:
			g.step(event)
		case asked := <-g.asked:
			asked.answer <- g.obey(asked.request)
		case <-timer.C:
			g.step(supervise.Tick{})
		}
	}
}

func (g *Guard) untilWake() time.Duration {
	at, armed := supervise.NextWake(g.policy, g.state)
	if !armed {
		return time.Hour
	}
	return max(0, at-g.now())
}

// step feeds one event, and those its effects answer at once.
func (g *Guard) step(event supervise.Event) {
	g.pending = append(g.pending, event)
	for len(g.pending) > 0 {
		next := g.pending[0]
		g.pending = g.pending[1:]
		if exited, ok := next.(supervise.Exited); ok && g.program != nil && g.program.run == exited.Run {
			g.program.stopProbes()
			g.last = &ended{g.program, g.program.Exit()}
		}
		var effects []supervise.Effect
		g.state, effects = supervise.Step(g.policy, g.state, g.now(), next)
		for _, effect := range effects {
			g.apply(effect)
		}
		g.publish()
	}
}

func (g *Guard) then(event supervise.Event) { g.pending = append(g.pending, event) }

// obey does what an administrator asked for.
func (g *Guard) obey(request control.Request) error {
	g.log.Info("asked to "+request.Verb, "tag", request.Tag)
	switch request.Verb {
	case "start":
		g.step(supervise.Start{})
	case "stop":
		g.step(supervise.Stop{})
	case "restart":
		g.step(supervise.RestartNow{})
	case "switch":
		return g.switchTo(request)
	default:
		return fmt.Errorf("this guard does not know %q", request.Verb)
	}
	return nil
}
