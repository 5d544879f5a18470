package process

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

type system struct {
	host         *Host
	handle       *os.Process
	takesOrphans bool
}

// Host starts programs. It is a child subreaper: whatever loses its parent below it becomes its own child, so that
// no grandchild escapes by a session of its own.
type Host struct {
	mutex sync.Mutex
	known map[int]bool // children that were started on purpose
	spawn chan func()
}

// NewHost makes the calling process the reaper of everything it starts.
func NewHost() (*Host, error) {
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return nil, fmt.Errorf("becoming the parent of orphans: %w", err)
	}
	h := &Host{known: map[int]bool{}, spawn: make(chan func())}
	go h.spawner()
	go h.reaper()
	return h, nil
}

// spawner keeps one thread for ever: the kernel takes the death of the thread that started a child for the parent's death.
func (h *Host) spawner() {
	runtime.LockOSThread()
	for start := range h.spawn {
		start()
	}
}

// reaper takes the exit codes of orphans nobody waits for.
func (h *Host) reaper() {
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, unix.SIGCHLD)
	for range ended {
		h.mutex.Lock()
		for _, pid := range h.orphans() {
			reap(pid)
		}
		h.mutex.Unlock()
	}
}

// Start starts a program in a process group of its own; it dies with this process.
func (h *Host) Start(spec Spec) (*Process, error) {
	files := []*os.File{nil, spec.Output, spec.Errors}
	attributes := &os.ProcAttr{Dir: spec.Dir, Env: spec.Env, Files: files, Sys: &syscall.SysProcAttr{Setpgid: true}}
	if !spec.Outlives {
		attributes.Sys.Pdeathsig = syscall.SIGKILL
	}
	if attributes.Env == nil {
		attributes.Env = []string{}
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", spec.Path, err)
	}
	defer null.Close()
	for i, file := range files {
		if file == nil {
			files[i] = null
		}
	}
	type result struct {
		handle *os.Process
		err    error
	}
	results := make(chan result)
	h.spawn <- func() {
		h.mutex.Lock()
		handle, err := os.StartProcess(spec.Path, append([]string{spec.Path}, spec.Args...), attributes)
		if err == nil {
			h.known[handle.Pid] = true
		}
		h.mutex.Unlock()
		results <- result{handle, err}
	}
	r := <-results
	if r.err != nil {
		return nil, fmt.Errorf("starting %s: %w", spec.Path, r.err)
	}
	p := &Process{PID: r.handle.Pid, Started: time.Now(), done: make(chan struct{}), system: system{h, r.handle, spec.TakesOrphans}}
	go p.wait()
	return p, nil
}

func (p *Process) wait() {
	state, err := p.system.handle.Wait()
	p.exit.At = time.Now()
	if err == nil {
		status := state.Sys().(syscall.WaitStatus)
		p.exit.Code = uint32(status.ExitStatus())
		if status.Signaled() {
			p.exit.Code = 128 + uint32(status.Signal())
			p.exit.Signal = unix.SignalName(status.Signal())
		}
	}
	unix.Kill(-p.PID, unix.SIGKILL)
	p.system.host.forget(p.PID)
	if p.system.takesOrphans {
		p.system.host.endOrphans()
	}
	close(p.done)
}

func (h *Host) forget(pid int) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	delete(h.known, pid)
}

// endOrphans ends what the program left behind, level by level: a child whose parent was ended becomes ours. As its
// parent we alone free its number, so no stranger is hit.
func (h *Host) endOrphans() {
	pause := 50 * time.Microsecond
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		h.mutex.Lock()
		orphans := h.orphans()
		for _, pid := range orphans {
			unix.Kill(pid, unix.SIGKILL)
			reap(pid)
		}
		h.mutex.Unlock()
		if len(orphans) == 0 {
			return
		}
		time.Sleep(pause)
		pause = min(2*pause, 10*time.Millisecond)
	}
}

// orphans are the children nobody started on purpose.
func (h *Host) orphans() []int {
	var orphans []int
	for _, pid := range children(os.Getpid()) {
		if !h.known[pid] {
			orphans = append(orphans, pid)
		}
	}
	return orphans
}

func reap(pid int) {
	for {
		_, err := unix.Wait4(pid, nil, unix.WNOHANG, nil)
		if !errors.Is(err, unix.EINTR) {
			return
		}
	}
}

// AskToEnd sends SIGTERM to the program.
func (p *Process) AskToEnd() error {
	if err := p.system.handle.Signal(unix.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("asking process %d to end: %w", p.PID, err)
	}
	return nil
}

// Kill ends the program; its tree follows before Done is closed.
func (p *Process) Kill() error {
	if err := p.system.handle.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("ending process %d: %w", p.PID, err)
	}
	return nil
}

// Signal sends another signal to the program alone.
func (p *Process) Signal(s syscall.Signal) error {
	if err := p.system.handle.Signal(s); err != nil {
		return fmt.Errorf("sending %s to process %d: %w", unix.SignalName(s), p.PID, err)
	}
	return nil
}
