package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gopack.dev/guard/internal/control"
	"gopack.dev/guard/internal/guard"
	"gopack.dev/guard/internal/layout"
	"gopack.dev/guard/internal/lock"
	"gopack.dev/guard/internal/versions"
)

func (c *command) versions() func(context.Context) error {
	return func(context.Context) error {
		root, err := c.folder()
		if err != nil {
			return err
		}
		list, err := versions.Store{Root: root}.List()
		if err != nil {
			return err
		}
		if c.json {
			return c.printJSON(list)
		}
		for _, v := range list {
			notes := map[bool]string{true: " current"}[v.Current] + map[bool]string{true: " proven"}[v.Proven] + map[bool]string{true: " bad"}[v.Bad]
			fmt.Fprintf(c.stdout, "%s%s\n", v.Tag, notes)
		}
		return nil
	}
}

func (c *command) deploy() func(context.Context) error {
	var options versions.UnpackOptions
	c.flags.StringVar(&options.SHA256, "sha256", "", "what the zip must hash to; checksums.txt beside it unless told")
	c.flags.BoolVar(&options.AllowUnverified, "allow-unverified", false, "without a hash to compare with; this is recorded")
	force := c.flags.Bool("force", false, "also a version that failed on trial, or in a health window")
	return func(ctx context.Context) error {
		root, err := c.folder()
		if err != nil {
			return err
		}
		if err := c.arguments(1, 1); err != nil {
			return err
		}
		store := versions.Store{Root: root}
		if loaded, err := current(root); err == nil {
			options.Name = loaded.Name
		}
		before, _ := store.Current()
		tag, err := store.Unpack(ctx, c.args[0], options)
		if err != nil {
			return err
		}
		if err := c.switchTo(ctx, root, tag, *force); err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "%s is the current version\n", tag)
		return store.Prune(3, before)
	}
}

func (c *command) rollback() func(context.Context) error {
	force := c.flags.Bool("force", false, "also to a version that failed on trial")
	return func(ctx context.Context) error {
		root, err := c.folder()
		if err != nil {
			return err
		}
		if err := c.arguments(0, 1); err != nil {
			return err
		}
		store := versions.Store{Root: root}
		now, err := store.Current()
		if err != nil && !errors.Is(err, versions.ErrPointer) {
			return err
		}
		tag := store.Fallback(now)
		if len(c.args) == 1 {
			tag = c.args[0]
		}
		if tag == "" {
			return errors.New("there is no older version that held; name one of those that `versions` lists")
		}
		if err := store.Verify(tag); err != nil {
			return err
		}
		if err := c.switchTo(ctx, root, tag, *force); err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "%s is the current version\n", tag)
		return nil
	}
}

// switchTo has the guard switch; without one, the pointer is moved under the guard's lock and nothing is started.
func (c *command) switchTo(ctx context.Context, root layout.Root, tag string, force bool) error {
	store := versions.Store{Root: root}
	if store.IsBad(tag) {
		if !force {
			return fmt.Errorf("version %s failed on trial; use --force to give it another", tag)
		}
		if err := store.Revive(tag); err != nil {
			return err
		}
	}
	err := call(ctx, root, control.Request{Verb: "switch", Tag: tag, Force: force}, nil)
	if err == nil {
		return untilSwitched(ctx, root, tag)
	}
	if !errors.Is(err, control.ErrNoGuard) {
		return err
	}
	if err := root.Make(); err != nil {
		return err
	}
	held, err := lock.Try(root.State("lock"))
	if err != nil {
		return fmt.Errorf("a guard is starting or ending; try again: %w", err)
	}
	defer held.Release()
	return store.SetCurrent(tag)
}

// untilSwitched waits for the guard, which goes on by itself when nobody waits.
func untilSwitched(ctx context.Context, root layout.Root, tag string) error {
	var status guard.Status
	for {
		if err := call(ctx, root, control.Request{Verb: "status"}, &status); err != nil {
			return fmt.Errorf("the guard was asked to switch to %s and then gave no answer: %w", tag, err)
		}
		switch {
		case status.Tag == tag:
			return nil
		case (versions.Store{Root: root}).IsBad(tag):
			return fmt.Errorf("version %s failed on trial and was rolled back; `evidence list` says how", tag)
		case status.Phase == "running" || status.Phase == "waiting":
			return fmt.Errorf("version %s did not become the current one; `logs` and logs/guard.log say why", tag)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
