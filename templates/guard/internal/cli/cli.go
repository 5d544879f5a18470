// Package cli is the guard's command line: parse, call, print.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/guard"
	"gopack.dev/guard/internal/layout"
)

// Exit codes. Those of status have meanings of their own.
const (
	exitFine    = 0
	exitFailure = 1
	exitUsage   = 2
)

// command is one call of the guard.
type command struct {
	verb           string
	args           []string // what is left after the flags
	flags          *flag.FlagSet
	root           string
	json           bool
	stdout, stderr io.Writer
}

// verb is what the guard can be told to do.
type verb struct {
	name, usage, about string
	setUp              func(c *command) func(ctx context.Context) error
}

func verbs() []verb {
	return []verb{
		{"run", "run", "start the program and keep it alive, in this console", (*command).run},
		{"status", "status [--config]", "tell how the program is; 0 ready, 1 degraded, 2 quarantine, 3 stopped", (*command).status},
		{"start", "start", "start the program, or try again now", (*command).plain},
		{"stop", "stop", "stop the program and the guard until start or reboot", (*command).plain},
		{"restart", "restart", "stop the program in order and start it again", (*command).plain},
		{"versions", "versions", "list the versions that are unpacked", (*command).versions},
		{"deploy", "deploy ZIP", "unpack a release and switch to it", (*command).deploy},
		{"rollback", "rollback [TAG]", "switch to the version that held last, or to TAG", (*command).rollback},
		{"logs", "logs [-f] [-n LINES]", "show what the program wrote", (*command).logs},
		{"evidence", "evidence list | show ID | export ID FILE", "show what is known about failures", (*command).evidence},
		{"install", "install [--print]", "set up the service", (*command).install},
	}
}

// errStatus ends with a code and without another word.
type errStatus int

func (e errStatus) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

var errUsage = errors.New("wrong arguments")

// Main runs one command line and gives the exit code.
func Main(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := dispatch(ctx, args, stdout, stderr)
	var status errStatus
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return exitFine
	case errors.As(err, &status):
		return int(status)
	}
	var twin guard.TwinEnd
	if errors.As(err, &twin) {
		return int(twin) // the guard has said why
	}
	fmt.Fprintln(stderr, err)
	if errors.Is(err, errUsage) || errors.Is(err, config.ErrInvalid) {
		return exitUsage
	}
	return exitFailure
}

func dispatch(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) < 2 || args[1] == "help" || args[1] == "--help" {
		return help(stdout)
	}
	for _, v := range verbs() {
		if v.name != args[1] {
			continue
		}
		c := &command{verb: v.name, flags: flag.NewFlagSet(v.name, flag.ContinueOnError), stdout: stdout, stderr: stderr}
		c.flags.SetOutput(stderr)
		c.flags.Usage = func() { fmt.Fprintf(stderr, "%s\n", v.usage); c.flags.PrintDefaults() }
		c.flags.StringVar(&c.root, "root", "", "folder of the service; the guard's own unless told")
		c.flags.BoolVar(&c.json, "json", false, "exactly one JSON document")
		act := v.setUp(c)
		if err := c.parse(args[2:]); err != nil {
			return err
		}
		return act(ctx)
	}
	return fmt.Errorf("%w: there is no %q; see %s help", errUsage, args[1], filepath.Base(args[0]))
}

// parse takes flags before and after other arguments.
func (c *command) parse(args []string) error {
	for {
		if err := c.flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return err
			}
			return errStatus(exitUsage) // the flag package has said why
		}
		if c.flags.NArg() == 0 {
			return nil
		}
		c.args = append(c.args, c.flags.Arg(0))
		args = c.flags.Args()[1:]
	}
}

func help(stdout io.Writer) error {
	var text strings.Builder
	for _, v := range verbs() {
		fmt.Fprintf(&text, "%-42s %s\n", v.usage, v.about)
	}
	_, err := io.WriteString(stdout, text.String())
	return err
}

// arguments checks how many there are.
func (c *command) arguments(least, most int) error {
	if len(c.args) < least || len(c.args) > most {
		return fmt.Errorf("%w of %s: %s", errUsage, c.verb, strings.Join(c.args, " "))
	}
	return nil
}

// folder is the service's folder: where the guard lies, or two above guard/TAG/.
func (c *command) folder() (layout.Root, error) {
	if c.root != "" {
		path, err := filepath.Abs(c.root)
		return layout.Root(path), err
	}
	exe, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("finding the guard's own folder: %w", err)
	}
	folder := filepath.Dir(exe)
	if filepath.Base(filepath.Dir(folder)) == "guard" {
		folder = filepath.Dir(filepath.Dir(folder))
	}
	return layout.Root(folder), nil
}
