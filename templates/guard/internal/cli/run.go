package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"gopack.dev/guard/internal/guard"
	"gopack.dev/guard/internal/lock"
)

// run supervises in this console. Where nothing else starts the guard again, it runs below a twin that does.
func (c *command) run() func(context.Context) error {
	alone := c.flags.Bool("alone", false, "without a twin that starts the guard again; for use under systemd")
	return func(ctx context.Context) error {
		root, err := c.folder()
		if err != nil {
			return err
		}
		if err := c.arguments(0, 0); err != nil {
			return err
		}
		if !*alone && guard.WantsTwin() {
			return guard.RunTwin(ctx, root, c.stderr)
		}
		err = guard.Run(ctx, guard.Options{Root: root, Log: slog.NewTextHandler(c.stderr, nil)})
		if errors.Is(err, lock.ErrHeld) {
			fmt.Fprintln(c.stderr, "already running")
			return nil
		}
		return err
	}
}
