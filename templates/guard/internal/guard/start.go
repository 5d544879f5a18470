package guard

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"gopack.dev/guard/internal/boot"
	"gopack.dev/guard/internal/control"
	"gopack.dev/guard/internal/evidence"
	"gopack.dev/guard/internal/files"
)

func (g *Guard) markerPath() string { return g.root.State("running.json") }

// takeOver waits until everything of an earlier guard is gone, and notes how that one ended.
func (g *Guard) takeOver(ctx context.Context) error {
	for _, folder := range []string{g.root.State(), g.root.Evidence()} {
		g.report(files.RemovePartial(folder))
	}
	marker, left, err := boot.ReadMarker(g.markerPath())
	if err != nil {
		return err
	}
	if left && marker.Boot == g.bootID {
		if err := waitForEnd(ctx, marker.Guard, marker.Program); err != nil {
			return err
		}
	}
	if left {
		g.noteDeath(marker)
	}
	g.report(boot.ForgetStop(g.root.State("intent.json")))
	return boot.Marker{Boot: g.bootID, Guard: boot.IdentityOf(os.Getpid()), Tag: g.state.Version.Tag}.Write(g.markerPath())
}

func waitForEnd(ctx context.Context, processes ...boot.Identity) error {
	ctx, cancel := context.WithTimeout(ctx, takeover)
	defer cancel()
	for _, one := range processes {
		for one.Alive() {
			select {
			case <-ctx.Done():
				return fmt.Errorf("process %d of an earlier guard does not end, and two programs at once are never started", one.PID)
			case <-time.After(10 * time.Millisecond):
			}
		}
	}
	return nil
}

// noteDeath writes the incident of a guard or a system that ended without warning; the start does not wait for it.
func (g *Guard) noteDeath(marker boot.Marker) {
	kind := "guard-died"
	if marker.Boot != g.bootID {
		kind = "dirty-boot"
	}
	incident := evidence.Incident{Time: time.Now().UTC(), Service: g.config.Name, Tag: marker.Tag, Kind: kind, PID: marker.Guard.PID, Next: "start"}
	g.record(incident, g.surroundings())
}

func (g *Guard) writeMarker(p *program) error {
	return boot.Marker{Boot: g.bootID, Guard: boot.IdentityOf(os.Getpid()), Program: boot.IdentityOf(p.PID), Tag: p.tag}.Write(g.markerPath())
}

func (g *Guard) forgetMarker() error {
	if err := os.Remove(g.markerPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing the marker: %w", err)
	}
	return nil
}

// listen answers the command line until the guard ends.
func (g *Guard) listen(ctx context.Context) (stop func(), err error) {
	listener, err := control.Listen(control.AddressOf(g.root.State(), g.config.Name))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.report(control.Serve(ctx, listener, g.handle))
	}()
	return func() { cancel(); <-done }, nil
}

func (g *Guard) handle(ctx context.Context, request control.Request) (any, error) {
	switch request.Verb {
	case "ping":
		return "here", nil
	case "status":
		return g.Status(), nil
	}
	ctx, cancel := context.WithTimeout(ctx, lastingAnswer)
	defer cancel()
	asked := question{request, make(chan error, 1)}
	select {
	case g.asked <- asked:
	case <-ctx.Done():
		return nil, errors.New("the guard is ending")
	}
	select {
	case err := <-asked.answer:
		return nil, err
	case <-ctx.Done():
		return nil, errors.New("the guard is ending")
	}
}

const lastingAnswer = 30 * time.Second
