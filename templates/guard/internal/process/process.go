// Package process starts programs and ends them with everything they started.
package process

import (
	"os"
	"time"
)

// Spec is a program to start: data, no shell.
type Spec struct {
	Path string
	// Args does not hold the program's name.
	Args []string
	// Env is "NAME=value"; nil means nothing at all.
	Env []string
	Dir string
	// Output and Errors may be nil. The caller closes its own copies.
	Output, Errors *os.File
	// Console: the program gets a console of its own group, for a console event to reach it (Windows).
	Console bool
	// TakesOrphans: processes that lost their parent are this program's, and end with it. For others only their group is ended.
	TakesOrphans bool
	// Outlives: the program does not die with this process.
	Outlives bool
}

// Exit is how a program ended.
type Exit struct {
	// Code is the exit code, an NTSTATUS on Windows, or 128 and the signal's number.
	Code uint32
	// Signal names the signal on systems that have them.
	Signal string
	At     time.Time
}

// Process is a program that was started.
type Process struct {
	PID     int
	Started time.Time
	done    chan struct{}
	exit    Exit
	system  system
}

// Done is closed when the program and its whole tree are gone.
func (p *Process) Done() <-chan struct{} { return p.done }

// Exit is how the program ended; only valid after Done.
func (p *Process) Exit() Exit { return p.exit }
