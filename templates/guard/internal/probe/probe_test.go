package probe

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gopack.dev/guard/internal/config"
)

// script answers one after the other; the last answer stays.
func script(answers ...error) *Probe {
	var mutex sync.Mutex
	return &Probe{Probe: config.Probe{PeriodSeconds: config.Seconds(time.Millisecond), TimeoutSeconds: config.Seconds(10 * time.Second), FailureThreshold: 2, SuccessThreshold: 1},
		Check: func(context.Context) error {
			mutex.Lock()
			defer mutex.Unlock()
			answer := answers[0]
			if len(answers) > 1 {
				answers = answers[1:]
			}
			return answer
		}}
}

// reports collects what Watch says until enough was said.
func reports(t *testing.T, set Set, enough int) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var mutex sync.Mutex
	var said []string
	say := func(text string) {
		mutex.Lock()
		defer mutex.Unlock()
		if said = append(said, text); len(said) == enough {
			cancel()
		}
	}
	Watch(ctx, set, Report{
		Ready:  func(ready bool) { say(map[bool]string{true: "ready", false: "not ready"}[ready]) },
		Hung:   func(name string, err error) { say("hung: " + name) },
		Result: func(string, error) {},
	})
	return said[:min(len(said), enough)]
}

var bad = errors.New("bad")

func TestWhatIsReported(t *testing.T) {
	for name, c := range map[string]struct {
		set  func() Set
		want []string
	}{
		"no probes: ready at once":                {func() Set { return Set{} }, []string{"ready"}},
		"readiness follows the thresholds":        {func() Set { return Set{Readiness: script(nil, bad, nil, bad, bad, bad, nil)} }, []string{"ready", "not ready", "ready"}},
		"liveness alone: ready, then hung":        {func() Set { return Set{Liveness: script(bad, nil, bad, bad, nil)} }, []string{"ready", "hung: liveness"}},
		"the startup probe holds the others back": {func() Set { return Set{Startup: script(bad, nil), Liveness: script(bad)} }, []string{"hung: liveness"}},
		"a startup that fails ends everything":    {func() Set { return Set{Startup: script(bad), Readiness: script(nil)} }, []string{"hung: startup"}},
		"readiness never ends anything":           {func() Set { return Set{Readiness: script(bad)} }, []string{"not ready"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // no real time passes
				if got := reports(t, c.set(), len(c.want)); !slices.Equal(got, c.want) {
					t.Errorf("got %q, want %q", got, c.want)
				}
			})
		})
	}
}

func TestAQuestionWithoutAnAnswerEnds(t *testing.T) {
	p := script()
	p.TimeoutSeconds = config.Seconds(time.Millisecond)
	p.Check = func(context.Context) error { select {} }
	if err := ask(context.Background(), p); err == nil {
		t.Error("no error")
	}
}

func TestARoundThatWasHeldUpIsVoid(t *testing.T) {
	p := script(nil)
	p.PeriodSeconds, p.TimeoutSeconds = config.Seconds(time.Second), config.Seconds(time.Second)
	for _, c := range []struct {
		err            error
		late, sinceDue time.Duration
		want           bool
	}{
		{bad, 0, time.Second, false},
		{bad, 3 * time.Second, 3 * time.Second, true},
		{bad, 0, 4 * time.Second, true},
		{nil, time.Hour, time.Hour, false},
	} {
		if got := isVoid(c.err, c.late, c.sinceDue, p); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestChecks(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	check := NewCheck(config.Probe{TCPSocket: &config.TCPSocket{Host: "127.0.0.1", Port: port}}, nil, nil)
	if err := check(context.Background()); err != nil {
		t.Error(err)
	}
	listener.Close()
	if err := check(context.Background()); err == nil {
		t.Error("a closed port passes")
	}
	beat := filepath.Join(t.TempDir(), "beat")
	check = NewCheck(config.Probe{Heartbeat: &config.Heartbeat{File: beat, MaxAgeSec: config.Seconds(20 * time.Millisecond)}}, func(s string) string { return s }, nil)
	os.WriteFile(beat, nil, 0o644)
	if err := check(context.Background()); err != nil {
		t.Error(err)
	}
	time.Sleep(40 * time.Millisecond)
	if err := check(context.Background()); err == nil {
		t.Error("a heart that stopped passes")
	}
	// A clock that was set back is a change like any other.
	os.Chtimes(beat, time.Unix(1000, 0), time.Unix(1000, 0))
	if err := check(context.Background()); err != nil {
		t.Error(err)
	}
}
