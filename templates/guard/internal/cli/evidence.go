package cli

import (
	"context"
	"fmt"

	"gopack.dev/guard/internal/evidence"
)

func (c *command) evidence() func(context.Context) error {
	dumps := c.flags.Bool("dumps", false, "export memory dumps too: they may hold secrets")
	return func(context.Context) error {
		root, err := c.folder()
		if err != nil {
			return err
		}
		if err := c.arguments(1, 3); err != nil {
			return err
		}
		store := evidence.Store{Folder: root.Evidence()}
		switch what := c.args[0]; {
		case what == "list" && len(c.args) == 1:
			return c.listEvidence(store)
		case what == "show" && len(c.args) == 2:
			incident, err := store.Read(c.args[1])
			if err != nil {
				return err
			}
			return c.printJSON(incident)
		case what == "export" && len(c.args) == 3:
			return store.Export(c.args[1], c.args[2], *dumps)
		}
		return fmt.Errorf("%w: evidence list, evidence show ID or evidence export ID FILE", errUsage)
	}
}

func (c *command) listEvidence(store evidence.Store) error {
	ids, err := store.IDs()
	if err != nil {
		return err
	}
	incidents := []evidence.Incident{}
	for _, id := range ids {
		incident, err := store.Read(id)
		if err != nil {
			fmt.Fprintln(c.stderr, err)
			continue
		}
		incidents = append(incidents, incident)
	}
	if c.json {
		return c.printJSON(incidents)
	}
	for _, i := range incidents {
		fmt.Fprintf(c.stdout, "%-40s %-12s version %s, exit code %d %s, up %.1f s, then %s\n", i.ID, i.Kind, i.Tag, i.ExitCode, i.Signal, i.UptimeSec, i.Next)
	}
	return nil
}
