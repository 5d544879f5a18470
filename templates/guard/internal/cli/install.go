package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"gopack.dev/guard/internal/service"
)

// install shows what would be set up; setting it up is still to come.
func (c *command) install() func(context.Context) error {
	show := c.flags.Bool("print", false, "show what would be done, and do nothing")
	system := c.flags.String("system", runtime.GOOS, "windows or linux, for --print")
	return func(context.Context) error {
		root, err := c.folder()
		if err != nil {
			return err
		}
		if !*show {
			return errors.New("this guard cannot install itself yet; install --print shows what has to be done")
		}
		loaded, err := current(root)
		if err != nil {
			return err
		}
		exe, err := os.Executable()
		if err != nil {
			return fmt.Errorf("finding the guard's own file: %w", err)
		}
		switch *system {
		case "windows":
			folder := string(root)
			if runtime.GOOS != "windows" {
				folder = `C:\services\` + loaded.Name
				exe = folder + `\` + loaded.Name + "-guard.exe"
			}
			_, err = fmt.Fprintln(c.stdout, strings.Join(service.WindowsPlan(loaded.Config, folder, exe), "\n"))
		case "linux":
			_, err = fmt.Fprint(c.stdout, service.Unit(loaded.Config, root, exe))
		default:
			return fmt.Errorf("%w: --system is windows or linux", errUsage)
		}
		return err
	}
}
