package supervise

import (
	"math/rand/v2"
	"testing"
	"time"
)

// world plays the part of the system: it knows which processes exist, and checks what must always hold.
type world struct {
	t          *testing.T
	policy     Policy
	state      State
	now        time.Duration
	alive      int // processes of the program that exist
	startsOpen int // StartProgram not answered yet
	pointers   int // SetPointer not answered yet
	stopped    bool
	rollbacks  int
	trail      []any
}

func (w *world) fail(text string) {
	w.t.Helper()
	last := w.trail[max(0, len(w.trail)-12):]
	w.t.Fatalf("%s at %s\nstate %+v\nlast events and effects:\n%+v", text, w.now, w.state, last)
}

func (w *world) send(event Event) {
	w.t.Helper()
	switch event.(type) {
	case Stop:
		w.stopped = true
	case Start, RestartNow:
		w.stopped = false
	case SwitchTo:
		if !w.state.Switch && w.state.Phase != Switching {
			w.rollbacks = 0
		}
	}
	before := w.state
	var effects []Effect
	w.state, effects = Step(w.policy, w.state, w.now, event)
	w.trail = append(w.trail, event, effects)
	for _, effect := range effects {
		w.apply(before, effect)
	}
	w.check()
}

func (w *world) apply(before State, effect Effect) {
	w.t.Helper()
	switch effect.(type) {
	case StartProgram:
		if w.alive+w.startsOpen > 0 {
			w.fail("a second program at once")
		}
		if w.stopped {
			w.fail("a start against an administrator's stop")
		}
		w.startsOpen++
	case SetPointer:
		if w.alive+w.startsOpen+w.pointers > 0 {
			w.fail("the pointer changes under a running program")
		}
		w.pointers++
	case MarkBad:
		w.rollbacks++
		if before.Version.Proven || w.rollbacks > 1 {
			w.fail("a rollback of a proven version, or a second one")
		}
	case StopProgram, KillProgram, Capture:
		if w.alive == 0 {
			w.fail("something is done to a program that does not exist")
		}
	}
}

func (w *world) check() {
	w.t.Helper()
	s := w.state
	wake, armed := NextWake(w.policy, s)
	switch {
	case (w.alive > 0 || w.startsOpen > 0) != s.MayHaveProcess():
		w.fail("the machine does not know whether a program exists")
	case (s.Phase == Waiting || s.Phase == Stopping || s.Phase == Capturing) && !s.WakeArmed:
		w.fail("a wait without an end")
	case s.Phase == Waiting && s.WakeAt-w.now > max(LastRetry, 30*time.Second):
		w.fail("a wait too long")
	case armed && s.Phase == Stopped:
		w.fail("a timer while stopped, at " + wake.String())
	case len(s.Failures) >= w.policy.StartLimitBurst:
		w.fail("the limit was passed")
	case s.StopIntended != w.stopped:
		w.fail("the stop was forgotten or made up")
	case w.stopped && (s.Phase == Waiting):
		w.fail("waiting to start although stopped")
	}
}

// answer delivers what the system owes: the result of a start or of writing the pointer.
func (w *world) answer(random *rand.Rand) bool {
	w.t.Helper()
	switch {
	case w.startsOpen > 0:
		w.startsOpen--
		if random.IntN(6) == 0 {
			w.send(StartFailed{w.state.Run, random.IntN(3) == 0})
			return true
		}
		w.alive++
		w.send(Started{w.state.Run})
	case w.pointers > 0:
		w.pointers--
		w.send(PointerSet{Failed: random.IntN(5) == 0})
	default:
		return false
	}
	return true
}

func (w *world) happen(random *rand.Rand) {
	w.t.Helper()
	run := w.state.Run - random.IntN(8)/7 // sometimes a late report
	switch random.IntN(12) {
	case 0, 1, 2:
		w.exit(Exit{Code: uint32(random.IntN(3)), Abnormal: random.IntN(2) == 0})
	case 3:
		w.send(Hung{run, CauseHang})
	case 4:
		w.send(Captured{run})
	case 5, 6:
		w.send(Readiness{run, random.IntN(4) != 0})
	case 7:
		w.send(Stop{Shutdown: random.IntN(4) == 0})
	case 8:
		w.send(Start{})
	case 9:
		w.send(RestartNow{})
	case 10:
		if random.IntN(2) == 0 && MayDeploy(w.policy, w.state) == "" {
			w.send(SwitchTo{Version{Tag: "next", Fallback: w.state.Version.Tag}})
		}
	case 11:
		if wake, armed := NextWake(w.policy, w.state); armed {
			w.now = max(w.now, wake)
		}
		w.send(Tick{})
	}
}

func (w *world) exit(exit Exit) {
	w.t.Helper()
	if w.alive > 0 {
		w.alive--
		w.send(Exited{w.state.Run, exit})
	}
}

func TestWhatAlwaysHolds(t *testing.T) {
	for seed := range uint64(1000) {
		random := rand.New(rand.NewPCG(seed, 1))
		w := &world{t: t, policy: policy(func(p *Policy) {
			p.Restart = []Restart{RestartNo, RestartOnFailure, RestartOnAbnormal, RestartAlways}[random.IntN(4)]
			p.StartLimitBurst = 1 + random.IntN(5)
			p.Rollback = random.IntN(3) != 0
		}), state: New(Version{Tag: "first"})}
		w.send(Start{})
		for range 300 {
			w.now += time.Duration(random.IntN(20_000)) * time.Millisecond
			if random.IntN(3) == 0 || !w.answer(random) {
				w.happen(random)
			}
		}
		w.settle(random)
	}
}

// settle: once nothing bad happens any more, the program runs, is stable and out of quarantine, or stays stopped.
func (w *world) settle(random *rand.Rand) {
	w.t.Helper()
	for range 200 {
		switch {
		case w.startsOpen > 0:
			w.startsOpen--
			w.alive++
			w.send(Started{w.state.Run})
			w.send(Readiness{w.state.Run, true})
			continue
		case w.pointers > 0:
			w.pointers--
			w.send(PointerSet{})
			continue
		case w.state.Phase == Stopping:
			w.exit(Exit{})
			continue
		}
		if w.state.Phase == Running {
			w.send(Readiness{w.state.Run, true})
		}
		wake, armed := NextWake(w.policy, w.state)
		if !armed {
			break
		}
		w.now = max(w.now, wake)
		w.send(Tick{})
	}
	switch {
	case w.state.Phase == Stopped:
	case w.stopped:
		w.fail("a stop was not obeyed")
	case w.state.Phase != Running || !w.state.Stable || w.state.Quarantined:
		w.fail("the program is not stable although nothing is wrong with it")
	}
}
