package supervise

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func policy(change func(*Policy)) Policy {
	p := Policy{
		Restart:            RestartAlways,
		Delay:              func(failures int) time.Duration { return time.Duration(max(0, failures-1)) * time.Second },
		StartLimitBurst:    4,
		StartLimitInterval: 300 * time.Second,
		StopTimeout:        10 * time.Second,
		HealthWindow:       60 * time.Second,
		EvidenceTimeout:    5 * time.Second,
		Rollback:           true,
	}
	if change != nil {
		change(&p)
	}
	return p
}

// story plays events against the machine; every entry is "when it happens: what" → the effects wanted, in words.
type entry struct {
	at    time.Duration
	event Event
	want  string
}

func words(effects []Effect) string {
	list := make([]string, len(effects))
	for i, effect := range effects {
		name := strings.TrimPrefix(reflect.TypeOf(effect).String(), "supervise.")
		switch e := effect.(type) {
		case StartProgram:
			name += " " + e.Tag
		case SetPointer:
			name += " " + e.Version.Tag
		case MarkStable:
			name += " " + e.Tag
		case MarkBad:
			name += " " + e.Tag
		case Notify:
			name += " " + string(e.About)
		case WriteIncident:
			name += " (" + e.Next + ")"
		case Ended:
			if e.ByPolicy {
				name += " by policy"
			}
		}
		list[i] = name
	}
	return strings.Join(list, ", ")
}

func play(t *testing.T, p Policy, s State, entries []entry) State {
	t.Helper()
	for i, e := range entries {
		var effects []Effect
		s, effects = Step(p, s, e.at, e.event)
		if got := words(effects); got != e.want {
			t.Fatalf("entry %d at %s, %T:\n got %q\nwant %q\nstate %+v", i, e.at, e.event, got, e.want, s)
		}
	}
	return s
}

const second = time.Second

var crash = Exit{Code: 2, Abnormal: true}

func TestStories(t *testing.T) {
	proven, trial := Version{Tag: "v1", Proven: true}, Version{Tag: "v2", Fallback: "v1"}
	noRestart := func(p *Policy) { p.Restart = RestartNo }
	stories := map[string]struct {
		policy  func(*Policy)
		version Version
		entries []entry
	}{
		"a first crash restarts at once, before the incident is written; later ones wait longer and longer; then quarantine": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Started{1}, ""},
			{1 * second, Exited{1, crash}, "StartProgram v1, WriteIncident (restart at once)"},
			{1 * second, Started{2}, ""},
			{2 * second, Exited{2, crash}, "WriteIncident (restart in 1s)"},
			{2500 * time.Millisecond, Tick{}, ""},
			{3 * second, Tick{}, "StartProgram v1"},
			{3 * second, Started{3}, ""},
			{4 * second, Exited{3, crash}, "WriteIncident (restart in 2s)"},
			{6 * second, Tick{}, "StartProgram v1"},
			{6 * second, Started{4}, ""},
			{7 * second, Exited{4, crash}, "Notify quarantine, WriteIncident (quarantine)"},
			{66 * second, Tick{}, ""},
			{67 * second, Tick{}, "StartProgram v1"},
			{67 * second, Started{5}, ""},
			{68 * second, Exited{5, crash}, "WriteIncident (quarantine)"},
			{187 * second, Tick{}, ""},
			{188 * second, Tick{}, "StartProgram v1"},
			{188 * second, Started{6}, ""},
			{188 * second, Readiness{6, true}, ""},
			{247 * second, Tick{}, ""},
			{248 * second, Tick{}, "MarkStable v1, Notify recovery"},
			{249 * second, Exited{6, crash}, "StartProgram v1, WriteIncident (restart at once)"},
		}},
		"failures are forgotten once the program was ready for a whole window without a gap": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Started{1}, ""},
			{1 * second, Exited{1, crash}, "StartProgram v1, WriteIncident (restart at once)"},
			{1 * second, Started{2}, ""},
			{1 * second, Readiness{2, true}, ""},
			{50 * second, Readiness{2, false}, ""},
			{51 * second, Readiness{2, true}, ""},
			{62 * second, Tick{}, ""},
			{63 * second, Exited{2, crash}, "WriteIncident (restart in 1s)"},
			{64 * second, Tick{}, "StartProgram v1"},
			{64 * second, Started{3}, ""},
			{64 * second, Readiness{3, true}, ""},
			{124 * second, Tick{}, "MarkStable v1"},
			{125 * second, Exited{3, crash}, "StartProgram v1, WriteIncident (restart at once)"},
		}},
		"failures that left the limit's interval do not count": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Started{1}, ""},
			{1 * second, Exited{1, crash}, "StartProgram v1, WriteIncident (restart at once)"},
			{1 * second, Started{2}, ""},
			{302 * second, Exited{2, crash}, "StartProgram v1, WriteIncident (restart at once)"},
		}},
		"two failures of a version on trial go back, once; the older one's failures end in quarantine": {func(p *Policy) { p.StartLimitBurst = 2 }, trial, []entry{
			{0, Start{}, "StartProgram v2"},
			{0, Started{1}, ""},
			{1 * second, Exited{1, crash}, "StartProgram v2, WriteIncident (restart at once)"},
			{1 * second, Started{2}, ""},
			{2 * second, Exited{2, crash}, "MarkBad v2, Notify rollback, SetPointer v1, WriteIncident (rollback to v1)"},
			{2 * second, PointerSet{}, "StartProgram v1"},
			{2 * second, Started{3}, ""},
			{3 * second, Exited{3, crash}, "StartProgram v1, WriteIncident (restart at once)"},
			{3 * second, Started{4}, ""},
			{4 * second, Exited{4, crash}, "Notify quarantine, WriteIncident (quarantine)"},
		}},
		"a version that held is never rolled back": {nil, trial, []entry{
			{0, Start{}, "StartProgram v2"},
			{0, Started{1}, ""},
			{0, Readiness{1, true}, ""},
			{60 * second, Tick{}, "MarkStable v2"},
			{61 * second, Exited{1, crash}, "StartProgram v2, WriteIncident (restart at once)"},
			{61 * second, Started{2}, ""},
			{62 * second, Exited{2, crash}, "WriteIncident (restart in 1s)"},
		}},
		"rollback: never ends in quarantine": {func(p *Policy) { p.Rollback = false; p.StartLimitBurst = 1 }, trial, []entry{
			{0, Start{}, "StartProgram v2"},
			{0, Started{1}, ""},
			{1 * second, Exited{1, crash}, "Notify quarantine, WriteIncident (quarantine)"},
		}},
		"a pointer that cannot be written leaves the version and quarantines it": {nil, trial, []entry{
			{0, Start{}, "StartProgram v2"},
			{0, StartFailed{Run: 1}, "StartProgram v2"},
			{0, StartFailed{Run: 2}, "MarkBad v2, Notify rollback, SetPointer v1"},
			{0, PointerSet{Failed: true}, "Notify switch-failed, Notify quarantine"},
			{60 * second, Tick{}, "StartProgram v2"},
		}},
		"a missing program is quarantine at once; start tries now": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, StartFailed{1, true}, "Notify quarantine"},
			{1 * second, Start{}, "StartProgram v1"},
			{1 * second, StartFailed{2, true}, ""},
			{121 * second, Tick{}, "StartProgram v1"},
		}},
		"a quarantine is notified again every day": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, StartFailed{1, true}, "Notify quarantine"},
			{24 * time.Hour, Tick{}, "StartProgram v1, Notify quarantine"},
			{24*time.Hour + second, Tick{}, ""},
			{24*time.Hour + second, Started{2}, ""},
			{48 * time.Hour, Tick{}, "Notify quarantine"},
		}},
		"a stop asks first and ends the tree after the timeout, again and again; it is no incident": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Started{1}, ""},
			{1 * second, Stop{}, "RememberStop, StopProgram"},
			{10 * second, Tick{}, ""},
			{11 * second, Tick{}, "KillProgram"},
			{12 * second, Tick{}, "KillProgram"},
			{12 * second, Exited{1, Exit{Code: 9, Abnormal: true}}, "Ended"},
			{13 * second, Tick{}, ""},
			{14 * second, Start{}, "ForgetStop, StartProgram v1"},
		}},
		"a stop between start and its answer is obeyed": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Stop{}, "RememberStop"},
			{0, Started{1}, "StopProgram"},
			{1 * second, Exited{1, Exit{}}, "Ended"},
		}},
		"a stop between start and its failure is obeyed": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Stop{}, "RememberStop"},
			{0, StartFailed{Run: 1}, "Ended"},
		}},
		"a stop while waiting, and while hung": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, StartFailed{Run: 1}, "StartProgram v1"},
			{0, StartFailed{Run: 2}, ""},
			{0, Stop{}, "RememberStop, Ended"},
			{9 * second, Tick{}, ""},
			{9 * second, Start{}, "ForgetStop, StartProgram v1"},
			{9 * second, Started{3}, ""},
			{10 * second, Hung{3, CauseHang}, "Capture"},
			{11 * second, Stop{}, "RememberStop, StopProgram"},
			{11 * second, Captured{3}, ""},
			{21 * second, Tick{}, "KillProgram"},
			{21 * second, Exited{3, crash}, "Ended"},
		}},
		"a shutdown is a stop that is not remembered": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Started{1}, ""},
			{0, Stop{Shutdown: true}, "StopProgram"},
			{1 * second, Exited{1, Exit{}}, "Ended"},
		}},
		"a hang is captured, then ended, and counts": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Started{1}, ""},
			{9 * second, Hung{1, CauseHang}, "Capture"},
			{10 * second, Captured{1}, "KillProgram"},
			{10 * second, Exited{1, crash}, "StartProgram v1, WriteIncident (restart at once)"},
			{10 * second, Started{2}, ""},
			{19 * second, Hung{2, CauseHang}, "Capture"},
			{24 * second, Tick{}, "KillProgram"},
			{24 * second, Captured{2}, ""},
			{24 * second, Exited{2, crash}, "WriteIncident (restart in 1s)"},
		}},
		"restart: no": {noRestart, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Started{1}, ""},
			{1 * second, Exited{1, Exit{Code: 3}}, "WriteIncident (stopped), Ended by policy"},
			{2 * second, Tick{}, ""},
		}},
		"restart by hand is no failure": {noRestart, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Started{1}, ""},
			{1 * second, RestartNow{}, "StopProgram"},
			{2 * second, Exited{1, Exit{}}, "StartProgram v1"},
		}},
		"a deploy stops, switches, starts; late reports of the old process change nothing": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, Started{1}, ""},
			{1 * second, SwitchTo{trial}, "StopProgram"},
			{1 * second, SwitchTo{Version{Tag: "v3"}}, ""},
			{2 * second, Exited{1, Exit{}}, "SetPointer v2"},
			{2 * second, Tick{}, ""},
			{2 * second, PointerSet{}, "StartProgram v2"},
			{2 * second, Exited{1, crash}, ""},
			{2 * second, Readiness{1, true}, ""},
			{2 * second, Hung{1, CauseHang}, ""},
			{2 * second, Started{2}, ""},
			{2 * second, Readiness{1, true}, ""},
			{99 * second, Tick{}, ""},
		}},
		"a deploy while stopped by an administrator switches and does not start": {nil, proven, []entry{
			{0, Stop{}, "RememberStop, Ended"},
			{1 * second, SwitchTo{trial}, "SetPointer v2"},
			{1 * second, PointerSet{}, "Ended"},
		}},
		"a deploy out of quarantine starts at once": {nil, proven, []entry{
			{0, Start{}, "StartProgram v1"},
			{0, StartFailed{1, true}, "Notify quarantine"},
			{1 * second, SwitchTo{trial}, "SetPointer v2"},
			{1 * second, PointerSet{}, "StartProgram v2"},
			{1 * second, Started{2}, ""},
			{2 * second, Exited{2, crash}, "StartProgram v2, WriteIncident (restart at once)"},
		}},
	}
	for name, story := range stories {
		t.Run(name, func(t *testing.T) { play(t, policy(story.policy), New(story.version), story.entries) })
	}
}

func TestWhatAnEndLeadsTo(t *testing.T) {
	ends := map[string]struct {
		exit  Exit
		cause Cause
	}{"clean": {}, "code": {exit: Exit{Code: 3}}, "signal": {exit: crash}, "hang": {Exit{}, CauseHang}}
	restarts := map[Restart]string{
		RestartNo:         "",
		RestartOnFailure:  "code signal hang",
		RestartOnAbnormal: "signal hang",
		RestartAlways:     "clean code signal hang",
	}
	for restart, list := range restarts {
		for name, end := range ends {
			t.Run(fmt.Sprintf("%s, %s", restart, name), func(t *testing.T) {
				want := ActionStop
				if strings.Contains(list, name) {
					want = ActionRestart
				}
				if got := policy(func(p *Policy) { p.Restart = restart }).action(end.exit, end.cause); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
}

func TestExitCodesBeforeThePolicy(t *testing.T) {
	codes := map[uint32]Action{3: ActionStop, 4: ActionQuarantine, 5: ActionRollback, 0: ActionRestart}
	p := policy(func(p *Policy) {
		p.Restart = RestartOnFailure
		p.ExitCode = func(code uint32) (Action, bool) { a, ok := codes[code]; return a, ok }
	})
	for _, c := range []struct {
		code    uint32
		version Version
		want    string
	}{
		{3, Version{Tag: "v1"}, "WriteIncident (stopped), Ended by policy"},
		{4, Version{Tag: "v1"}, "Notify quarantine, WriteIncident (quarantine)"},
		{5, Version{Tag: "v2", Fallback: "v1"}, "MarkBad v2, Notify rollback, SetPointer v1, WriteIncident (rollback to v1)"},
		{5, Version{Tag: "v1", Proven: true}, "Notify quarantine, WriteIncident (quarantine)"},
		{0, Version{Tag: "v1"}, "StartProgram v1, WriteIncident (restart at once)"},
	} {
		play(t, p, New(c.version), []entry{
			{0, Start{}, "StartProgram " + c.version.Tag},
			{0, Started{1}, ""},
			{second, Exited{1, Exit{Code: c.code}}, c.want},
		})
	}
	// A code the guard itself caused is not the program's word.
	if got := p.action(Exit{Code: 3}, CauseHang); got != ActionRestart {
		t.Errorf("a hang that ended with a mapped code leads to %s", got)
	}
}

func TestMayDeploy(t *testing.T) {
	trial := New(Version{Tag: "v2", Fallback: "v1"})
	if got := MayDeploy(policy(nil), trial); !strings.Contains(got, "health window") {
		t.Errorf("in its window: %q", got)
	}
	under := New(Version{Tag: "v1", Proven: true})
	under.Switch = true
	if got := MayDeploy(policy(nil), under); !strings.Contains(got, "another deploy") {
		t.Errorf("during a deploy: %q", got)
	}
	if got := MayDeploy(policy(nil), New(Version{Tag: "v1"})); got != "" {
		t.Errorf("a first version: %q", got)
	}
}
