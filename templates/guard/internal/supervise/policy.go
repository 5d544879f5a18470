// Package supervise decides what the guard does next. It is pure: an event and a time go in, a new state and a list
// of effects come out. Times are monotonic, counted from the start of the guard.
package supervise

import "time"

// Restart says after which ends the program is started again, in systemd's words.
type Restart string

// The four policies.
const (
	RestartNo         Restart = "no"
	RestartOnFailure  Restart = "on-failure"
	RestartOnAbnormal Restart = "on-abnormal"
	RestartAlways     Restart = "always"
)

// Action is what an end of the program leads to.
type Action string

// The actions of the exit-code map.
const (
	ActionRestart    Action = "restart"
	ActionStop       Action = "stop"
	ActionRollback   Action = "rollback"
	ActionQuarantine Action = "quarantine"
)

// Waits between tries in quarantine: doubling from the first to the last.
const (
	FirstRetry = time.Minute
	LastRetry  = 15 * time.Minute
)

// QuarantineReminder is how often a quarantine is notified again.
const QuarantineReminder = 24 * time.Hour

// killAgain is how long an ended process tree may take to be gone before it is ended once more.
const killAgain = time.Second

// Policy is the part of the configuration that decides. It travels with a version.
type Policy struct {
	Restart Restart
	// Delay is the wait before the start that follows the given number of failures.
	Delay func(failures int) time.Duration
	// ExitCode gives the action for a code of the exit-code map.
	ExitCode           func(code uint32) (Action, bool)
	StartLimitBurst    int
	StartLimitInterval time.Duration
	StopTimeout        time.Duration
	HealthWindow       time.Duration
	// EvidenceTimeout is how long a hung program is kept alive to be looked at.
	EvidenceTimeout time.Duration
	Rollback        bool
}

// action says what an end of the program leads to.
func (p Policy) action(exit Exit, cause Cause) Action {
	if cause == CauseNone && p.ExitCode != nil {
		if mapped, ok := p.ExitCode(exit.Code); ok {
			return mapped
		}
	}
	abnormal := exit.Abnormal || cause == CauseHang || cause == CauseCeiling
	switch {
	case p.Restart == RestartAlways,
		p.Restart == RestartOnFailure && (exit.Code != 0 || abnormal),
		p.Restart == RestartOnAbnormal && abnormal:
		return ActionRestart
	}
	return ActionStop
}

// burst is the number of failures that are too many: two for a version on trial that has one to go back to.
func (p Policy) burst(v Version) int {
	if p.onTrial(v) {
		return min(2, p.StartLimitBurst)
	}
	return p.StartLimitBurst
}

func (p Policy) onTrial(v Version) bool { return p.Rollback && !v.Proven && v.Fallback != "" }
