package supervise

import (
	"slices"
	"time"
)

// Step is the whole state machine. now never goes back between calls.
func Step(p Policy, s State, now time.Duration, event Event) (State, []Effect) {
	s.Failures = slices.Clone(s.Failures)
	m := &machine{Policy: p, State: s, now: now}
	switch e := event.(type) {
	case Start:
		m.start()
	case Stop:
		m.stop(e)
	case RestartNow:
		m.restart()
	case SwitchTo:
		m.switchTo(e.Version)
	case PointerSet:
		m.pointerSet(e.Failed)
	case Started:
		m.started(e)
	case StartFailed:
		m.startFailed(e)
	case Exited:
		m.exited(e)
	case Readiness:
		m.readiness(e)
	case Hung:
		m.hung(e)
	case Captured:
		if e.Run == m.Run && m.Phase == Capturing {
			m.kill()
		}
	case Tick:
		m.tick()
	}
	return m.State, m.effects
}

// machine is one step under way.
type machine struct {
	Policy
	State
	now     time.Duration
	effects []Effect
}

func (m *machine) do(effects ...Effect) { m.effects = append(m.effects, effects...) }

func (m *machine) wake(after time.Duration) { m.WakeAt, m.WakeArmed = m.now+after, true }

func (m *machine) sleep() { m.WakeAt, m.WakeArmed = 0, false }

// begin starts the program; nothing of an earlier one exists any more.
func (m *machine) begin() {
	m.Phase, m.Cause = Starting, CauseNone
	m.Ready, m.Stable = false, false
	m.sleep()
	m.Run++
	m.do(StartProgram{m.Run, m.Version.Tag})
}

// rest is the end of trying; whoever starts again starts afresh.
func (m *machine) rest() {
	m.Phase, m.Cause, m.Ready = Stopped, CauseNone, false
	m.Failures = nil
	m.leaveQuarantine()
	m.sleep()
}

// askToEnd asks the running program to end, and ends it when it takes too long.
func (m *machine) askToEnd(cause Cause) {
	m.Phase, m.Cause, m.Ready = Stopping, cause, false
	m.wake(m.StopTimeout)
	m.do(StopProgram{})
}

func (m *machine) kill() {
	m.Phase = Stopping
	m.wake(killAgain)
	m.do(KillProgram{})
}

func (m *machine) start() {
	if m.StopIntended {
		m.StopIntended = false
		m.do(ForgetStop{})
	}
	switch m.Phase {
	case Stopped, Waiting:
		m.begin()
	case Stopping:
		if m.Cause == CauseStop {
			m.Cause = CauseRestart
		}
	}
}

func (m *machine) stop(e Stop) {
	m.StopIntended = true
	if !e.Shutdown {
		m.do(RememberStop{})
	}
	switch m.Phase {
	case Running, Capturing:
		m.askToEnd(CauseStop)
	case Stopping:
		m.Cause = CauseStop
	case Waiting:
		m.rest()
		m.do(Ended{})
	case Stopped:
		m.do(Ended{})
	}
}

func (m *machine) restart() {
	switch m.Phase {
	case Running:
		m.start()
		m.askToEnd(CauseRestart)
	case Stopping:
		m.start()
	default:
		m.start()
	}
}

func (m *machine) switchTo(v Version) {
	if m.Switch || m.Phase == Switching {
		return
	}
	m.Next, m.NextIsBad, m.Switch = v, false, true
	switch m.Phase {
	case Running, Capturing:
		m.askToEnd(CauseSwitch)
	case Stopped, Waiting:
		m.setPointer()
	}
}

func (m *machine) setPointer() {
	m.Phase = Switching
	m.sleep()
	m.do(SetPointer{m.Next})
}

func (m *machine) started(e Started) {
	if e.Run != m.Run || m.Phase != Starting {
		return
	}
	m.Phase = Running
	switch {
	case m.StopIntended:
		m.askToEnd(CauseStop)
	case m.Switch:
		m.askToEnd(CauseSwitch)
	}
}

func (m *machine) readiness(e Readiness) {
	if e.Run != m.Run || m.Phase != Running || e.Ready == m.Ready {
		return
	}
	m.Ready, m.ReadySince = e.Ready, m.now
}

func (m *machine) hung(e Hung) {
	if e.Run != m.Run || m.Phase != Running {
		return
	}
	m.Phase, m.Cause, m.Ready = Capturing, e.Cause, false
	m.wake(m.EvidenceTimeout)
	m.do(Capture{m.Run, e.Cause})
}

func (m *machine) tick() {
	if m.WakeArmed && m.now >= m.WakeAt {
		switch m.Phase {
		case Waiting:
			m.begin()
		case Capturing, Stopping:
			m.kill()
		default:
			m.sleep()
		}
	}
	if m.Phase == Running && m.Ready && !m.Stable && m.now >= m.ReadySince+m.HealthWindow {
		m.stable()
	}
	if m.Quarantined && m.now >= m.RemindAt {
		m.RemindAt = m.now + QuarantineReminder
		m.do(Notify{NoticeQuarantine})
	}
}

func (m *machine) stable() {
	m.Stable = true
	m.Failures = nil
	m.Version.Proven, m.Version.Fallback = true, ""
	m.do(MarkStable{m.Version.Tag})
	if m.Quarantined {
		m.leaveQuarantine()
		m.do(Notify{NoticeRecovery})
	}
}
