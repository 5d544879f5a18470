package supervise

import "time"

// Phase is where the guard is with the program.
type Phase string

// The phases. Only from Starting to Stopping may a process exist.
const (
	Stopped   Phase = "stopped"
	Starting  Phase = "starting"
	Running   Phase = "running"
	Capturing Phase = "capturing" // hung, looked at before it is ended
	Stopping  Phase = "stopping"
	Waiting   Phase = "waiting"
	Switching Phase = "switching" // the pointer is being written
)

// Cause is why the guard itself ends the program.
type Cause string

// The causes; CauseNone means that the program ended by itself.
const (
	CauseNone    Cause = ""
	CauseHang    Cause = "hang"
	CauseCeiling Cause = "ceiling"
	CauseRestart Cause = "restart"
	CauseSwitch  Cause = "switch"
	CauseStop    Cause = "stop"
)

// Version is what the program is started from.
type Version struct {
	Tag string
	// Proven is set once the version was stable, and never taken back by crashes.
	Proven bool
	// Fallback is the version to go back to while this one is not proven; empty when there is none.
	Fallback string
}

// State is everything the decisions depend on. It is a value: Step never changes the one it is given.
type State struct {
	Phase   Phase
	Run     int // counts starts, so that late reports of an earlier process are told apart
	Version Version
	// Next is what the pointer will say once the program has ended; only with Cause or Phase of a switch.
	Next      Version
	NextIsBad bool // the switch goes back from a bad version
	Switch    bool
	Cause     Cause
	// StopIntended is set by an administrator's stop or a shutdown; nothing starts the program until it is lifted.
	StopIntended bool
	Quarantined  bool
	RetryDelay   time.Duration
	RemindAt     time.Duration
	Failures     []time.Duration // since the version was last stable, those of the limit's interval
	Ready        bool
	ReadySince   time.Duration
	Stable       bool // this process has been ready for a whole health window
	WakeAt       time.Duration
	WakeArmed    bool
}

// New is the state of a guard that has not started anything yet.
func New(version Version) State { return State{Phase: Stopped, Version: version} }

// MayHaveProcess tells whether a process of the program may exist.
func (s State) MayHaveProcess() bool {
	switch s.Phase {
	case Starting, Running, Capturing, Stopping:
		return true
	}
	return false
}

// NextWake is when Step wants a Tick at the latest; false when only other events matter.
func NextWake(p Policy, s State) (time.Duration, bool) {
	at, armed := s.WakeAt, s.WakeArmed
	consider := func(t time.Duration) {
		if !armed || t < at {
			at, armed = t, true
		}
	}
	if s.Phase == Running && s.Ready && !s.Stable {
		consider(s.ReadySince + p.HealthWindow)
	}
	if s.Quarantined {
		consider(s.RemindAt)
	}
	return at, armed
}

// MayDeploy tells why a version cannot be switched to now; empty when it can.
func MayDeploy(p Policy, s State) string {
	switch {
	case s.Switch || s.Phase == Switching:
		return "another deploy is under way"
	case p.onTrial(s.Version) && !s.StopIntended && !s.Quarantined:
		return "version " + s.Version.Tag + " is in its health window"
	}
	return ""
}
