// Command guard keeps one program alive: it is the Windows service or systemd unit, the supervisor and the deployer.
package main

import (
	"os"

	"gopack.dev/guard/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args, os.Stdout, os.Stderr)) }
