package guard

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"gopack.dev/guard/internal/layout"
	"gopack.dev/guard/internal/process"
)

// twinVariable tells a guard that its parent is its twin; the program does not see it.
const twinVariable = "GOPACK_GUARD_TWIN"

// WantsTwin: neither below a twin nor below systemd, which starts the guard again itself.
func WantsTwin() bool { return os.Getenv(twinVariable) == "" && os.Getenv("INVOCATION_ID") == "" }

// Waits between starts of a guard that keeps dying at once.
var twinDelays = []time.Duration{0, 100 * time.Millisecond, 300 * time.Millisecond, time.Second}

// RunTwin starts the guard and starts it again until it ends by its own decision. Everything a dead guard leaves
// behind becomes the twin's and is ended before the next one starts.
func RunTwin(ctx context.Context, root layout.Root, messages io.Writer) error {
	host, err := process.NewHost()
	if err != nil {
		return err
	}
	exe, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding the guard's own file: %w", err)
	}
	spec := process.Spec{Path: exe, Args: []string{"run", "--root", string(root)}, Env: append(os.Environ(), twinVariable+"=1"),
		Output: os.Stdout, Errors: os.Stderr, TakesOrphans: true, Outlives: true, Console: true}
	for deaths := 0; ; deaths++ {
		p, err := host.Start(spec)
		if err != nil {
			return err
		}
		stop := context.AfterFunc(ctx, func() { p.AskToEnd() })
		<-p.Done()
		stop()
		exit := p.Exit()
		if exit.Code == 0 || ctx.Err() != nil || exit.Signal == "" && exit.Code <= 2 {
			return endOf(exit)
		}
		if time.Since(p.Started) > 10*time.Second {
			deaths = 0
		}
		fmt.Fprintf(messages, "the guard ended without warning (code %d %s) and is started again\n", exit.Code, exit.Signal)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(twinDelays[min(deaths, len(twinDelays)-1)]):
		}
	}
}

// TwinEnd is the exit code of a guard that decided to end.
type TwinEnd uint32

func (e TwinEnd) Error() string { return fmt.Sprintf("the guard ended with %d", uint32(e)) }

func endOf(exit process.Exit) error {
	if exit.Code == 0 {
		return nil
	}
	return TwinEnd(exit.Code)
}
