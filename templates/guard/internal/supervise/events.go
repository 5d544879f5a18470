package supervise

// Event is something that happened. The closed set is in this file.
type Event interface{ event() }

// Exit is how a process ended.
type Exit struct {
	Code uint32
	// Abnormal: a signal, an NTSTATUS from 0xC0000000 on, or a Go panic.
	Abnormal bool
}

type (
	// Start is the wish of an administrator, or of the guard's own beginning, that the program runs.
	Start struct{}
	// Stop is the wish that it does not; Shutdown means the system goes down, so nothing is remembered.
	Stop struct{ Shutdown bool }
	// Restart ends the program and starts it again.
	RestartNow struct{}
	// SwitchTo makes another version the current one.
	SwitchTo struct{ Version Version }
	// PointerSet answers SetPointer.
	PointerSet struct{ Failed bool }
	// Started answers StartProgram.
	Started struct{ Run int }
	// StartFailed answers StartProgram; Missing means the program's file is not there or locked away.
	StartFailed struct {
		Run     int
		Missing bool
	}
	// Exited: the process and its whole tree are gone.
	Exited struct {
		Run  int
		Exit Exit
	}
	// Readiness is reported when it changes; without probes right after the start.
	Readiness struct {
		Run   int
		Ready bool
	}
	// Hung: a startup or liveness probe or a ceiling wants the program ended.
	Hung struct {
		Run   int
		Cause Cause
	}
	// Captured answers Capture.
	Captured struct{ Run int }
	// Tick says that time has passed.
	Tick struct{}
)

func (Start) event()       {}
func (Stop) event()        {}
func (RestartNow) event()  {}
func (SwitchTo) event()    {}
func (PointerSet) event()  {}
func (Started) event()     {}
func (StartFailed) event() {}
func (Exited) event()      {}
func (Readiness) event()   {}
func (Hung) event()        {}
func (Captured) event()    {}
func (Tick) event()        {}

// Effect is something the guard has to do, in the order given.
type Effect interface{ effect() }

// Notice is what a notification is about.
type Notice string

// The notices.
const (
	NoticeQuarantine   Notice = "quarantine"
	NoticeRollback     Notice = "rollback"
	NoticeRecovery     Notice = "recovery"
	NoticeSwitchFailed Notice = "switch-failed"
)

type (
	// StartProgram is answered by Started or StartFailed.
	StartProgram struct {
		Run int
		Tag string
	}
	// StopProgram asks the program to end.
	StopProgram struct{}
	// KillProgram ends its whole tree.
	KillProgram struct{}
	// Capture collects evidence from the living process; answered by Captured.
	Capture struct {
		Run   int
		Cause Cause
	}
	// SetPointer makes a version the current one; answered by PointerSet.
	SetPointer struct{ Version Version }
	// MarkStable records that a version held for its health window.
	MarkStable struct{ Tag string }
	// MarkBad records that a version failed in its health window.
	MarkBad struct{ Tag string }
	// WriteIncident writes a folder of evidence about the end just reported.
	WriteIncident struct {
		Cause Cause
		Exit  Exit
		// Next says what follows, for the reader of the incident.
		Next string
	}
	// RememberStop writes down an administrator's stop before anything else happens; ForgetStop takes it back.
	RememberStop struct{}
	ForgetStop   struct{}
	// Notify tells people.
	Notify struct{ About Notice }
	// Ended: the program is stopped and stays so; ByPolicy when nobody asked for it.
	Ended struct{ ByPolicy bool }
)

func (StartProgram) effect()  {}
func (StopProgram) effect()   {}
func (KillProgram) effect()   {}
func (Capture) effect()       {}
func (SetPointer) effect()    {}
func (MarkStable) effect()    {}
func (MarkBad) effect()       {}
func (WriteIncident) effect() {}
func (RememberStop) effect()  {}
func (ForgetStop) effect()    {}
func (Notify) effect()        {}
func (Ended) effect()         {}
