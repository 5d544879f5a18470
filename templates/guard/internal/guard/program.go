package guard

import (
	"context"
	"errors"
	"io/fs"
	"sync"
	"time"

	"gopack.dev/guard/internal/evidence"
	"gopack.dev/guard/internal/logs"
	"gopack.dev/guard/internal/process"
	"gopack.dev/guard/internal/supervise"
)

// program is the process that runs now.
type program struct {
	*process.Process
	*settings
	run        int
	command    []string
	secrets    []string
	stream     *logs.Stream
	stopProbes context.CancelFunc
	mutex      sync.Mutex
	cause      string           // what a probe said when it gave up
	captured   []evidence.Piece // taken from the living process
}

// keep holds what was found out about a living program that hangs.
func (p *program) keep(cause string, pieces []evidence.Piece) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.cause, p.captured = cause, pieces
}

func (p *program) kept() (cause string, pieces []evidence.Piece) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.cause, p.captured
}

// ended is a program that is gone, until its incident is written.
type ended struct {
	*program
	exit process.Exit
}

// start starts the program of the current version; its end comes back as an event.
func (g *Guard) start(e supervise.StartProgram) {
	p, err := g.launch(e)
	if err != nil {
		missing := errors.Is(err, fs.ErrNotExist) || isTaken(err)
		g.log.Error("the program did not start", "version", e.Tag, "error", err.Error())
		g.then(supervise.StartFailed{Run: e.Run, Missing: missing})
		return
	}
	g.program = p
	g.view.started(p)
	g.then(supervise.Started{Run: e.Run})
	go func() {
		<-p.Done()
		g.events <- supervise.Exited{Run: p.run, Exit: g.judge(p)}
	}()
	g.watch(p)
	g.log.Info("started", "version", p.tag, "pid", p.PID)
	g.later(func() { g.report(g.writeMarker(p)) })
}

func (g *Guard) launch(e supervise.StartProgram) (*program, error) {
	spec, secrets, err := g.settings.spec()
	if err != nil {
		return nil, err
	}
	stream, err := g.capture.Stream()
	if err != nil {
		return nil, err
	}
	defer stream.Write.Close()
	spec.Output, spec.Errors = stream.Write, stream.Write
	started, err := g.host.Start(spec)
	if err != nil {
		return nil, err
	}
	return &program{Process: started, settings: g.settings, run: e.Run, command: append([]string{spec.Path}, spec.Args...), secrets: secrets,
		stream: stream, stopProbes: func() {}}, nil
}

// judge tells a crash from an ordinary end. A panic's traceback is read to its end, which takes no time once nobody writes.
func (g *Guard) judge(p *program) supervise.Exit {
	exit := p.Exit()
	abnormal := exit.Signal != "" || exit.Code >= 0xC0000000
	if exit.Code == 2 {
		select {
		case <-p.stream.Drained:
		case <-time.After(20 * time.Millisecond):
		}
		abnormal = abnormal || p.stream.Ring.Crashed()
	}
	return supervise.Exit{Code: exit.Code, Abnormal: abnormal}
}
