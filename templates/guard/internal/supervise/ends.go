package supervise

import (
	"slices"
	"time"
)

// What follows when the program has ended, did not start, or another version became the current one.

func (m *machine) startFailed(e StartFailed) {
	if e.Run != m.Run || m.Phase != Starting {
		return
	}
	switch {
	case m.Switch:
		m.setPointer()
	case m.StopIntended:
		m.rest()
		m.do(Ended{})
	case e.Missing:
		m.quarantine()
	default:
		m.failed()
	}
}

func (m *machine) exited(e Exited) {
	if e.Run != m.Run || !m.MayHaveProcess() {
		return
	}
	cause := m.Cause
	if m.StopIntended {
		cause = CauseStop
	}
	m.Ready = false
	switch {
	case m.Switch:
		m.setPointer()
	case cause == CauseStop:
		m.rest()
		m.do(Ended{})
	case cause == CauseRestart:
		m.begin()
	default:
		m.ended(e.Exit, cause)
	}
}

// ended handles an end nobody asked for. The start comes before the incident is written.
func (m *machine) ended(exit Exit, cause Cause) {
	action := m.action(exit, cause)
	switch action {
	case ActionRestart:
		m.failed()
	case ActionRollback:
		if m.onTrial(m.Version) {
			m.rollback()
		} else {
			m.quarantine()
		}
	case ActionQuarantine:
		m.quarantine()
	case ActionStop:
		m.rest()
	}
	if exit.Code != 0 || exit.Abnormal || cause != CauseNone || action != ActionStop {
		m.do(WriteIncident{cause, exit, m.next()})
	}
	if action == ActionStop {
		m.do(Ended{ByPolicy: true})
	}
}

// next names what the guard does now, for people.
func (m *machine) next() string {
	switch {
	case m.Phase == Switching:
		return "rollback to " + m.Next.Tag
	case m.Quarantined:
		return "quarantine"
	case m.Phase == Starting:
		return "restart at once"
	case m.Phase == Waiting:
		return "restart in " + (m.WakeAt - m.now).String()
	}
	return string(m.Phase)
}

// failed counts a failure and decides between starting again, rollback and quarantine.
func (m *machine) failed() {
	if m.Quarantined {
		m.waitInQuarantine()
		return
	}
	m.Failures = append(m.Failures, m.now)
	m.Failures = slices.DeleteFunc(m.Failures, func(at time.Duration) bool { return m.now-at > m.StartLimitInterval })
	switch {
	case len(m.Failures) < m.burst(m.Version):
		m.startAfterDelay()
	case m.onTrial(m.Version):
		m.rollback()
	default:
		m.quarantine()
	}
}

func (m *machine) startAfterDelay() {
	delay := m.Delay(len(m.Failures))
	if delay <= 0 {
		m.begin()
		return
	}
	m.Phase, m.Cause = Waiting, CauseNone
	m.wake(delay)
}

// rollback goes back once: the older version has nothing behind it, so its failures end in quarantine.
func (m *machine) rollback() {
	m.do(MarkBad{m.Version.Tag}, Notify{NoticeRollback})
	m.Next = Version{Tag: m.Version.Fallback, Proven: true}
	m.NextIsBad, m.Switch, m.Cause = true, true, CauseNone
	m.Failures = nil
	m.setPointer()
}

func (m *machine) pointerSet(failed bool) {
	if m.Phase != Switching {
		return
	}
	back := m.NextIsBad
	if failed {
		// Nothing changed on disk. The fallback is given up, or a version that cannot be left would be tried for ever.
		m.Version.Fallback = ""
		m.do(Notify{NoticeSwitchFailed})
	} else {
		m.Version = m.Next
		m.Failures = nil
		m.leaveQuarantine()
	}
	m.Next, m.NextIsBad, m.Switch = Version{}, false, false
	switch {
	case m.StopIntended:
		m.rest()
		m.do(Ended{})
	case failed && back:
		m.quarantine()
	default:
		m.begin()
	}
}

func (m *machine) quarantine() {
	if !m.Quarantined {
		m.Quarantined = true
		m.Failures = nil
		m.RetryDelay = FirstRetry
		m.RemindAt = m.now + QuarantineReminder
		m.do(Notify{NoticeQuarantine})
	}
	m.waitInQuarantine()
}

func (m *machine) waitInQuarantine() {
	m.Phase, m.Cause = Waiting, CauseNone
	m.wake(m.RetryDelay)
	m.RetryDelay = min(2*m.RetryDelay, LastRetry)
}

func (m *machine) leaveQuarantine() {
	m.Quarantined, m.RetryDelay, m.RemindAt = false, 0, 0
}
