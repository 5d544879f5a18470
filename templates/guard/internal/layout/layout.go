// Package layout knows where everything is below the root folder of a service.
package layout

import (
	"fmt"
	"os"
	"path/filepath"
)

// Root is the folder of one service.
type Root string

// The parts of a root folder. State, logs, evidence and data are the only ones the program's account may write.
func (r Root) State(name ...string) string { return r.join("state", name...) }

// Logs is where output is kept.
func (r Root) Logs() string { return r.join("logs") }

// Evidence is where incidents are kept.
func (r Root) Evidence() string { return r.join("evidence") }

// Data is the program's working folder.
func (r Root) Data() string { return r.join("data") }

// Config is the user's own folder.
func (r Root) Config(name ...string) string { return r.join("config", name...) }

// Version is the folder of a version.
func (r Root) Version(tag string) string { return r.join("versions", tag) }

// Versions is the folder of all versions.
func (r Root) Versions() string { return r.join("versions") }

// Pointer is the file that holds the tag of the current version.
func (r Root) Pointer() string { return r.State("current") }

// Overrides is the file laid over guard.json.
func (r Root) Overrides() string { return r.Config("guard.local.json") }

// GuardJSON is the configuration of a version; of the unzipped release itself when tag is empty.
func (r Root) GuardJSON(tag string) string { return filepath.Join(r.Program(tag), "guard.json") }

// Program is the folder a version's program is in; the root itself for an unzipped release that was not installed.
func (r Root) Program(tag string) string {
	if tag == "" {
		return string(r)
	}
	return r.Version(tag)
}

func (r Root) join(first string, rest ...string) string {
	return filepath.Join(append([]string{string(r), first}, rest...)...)
}

// Make makes the folders that are written to.
func (r Root) Make() error {
	for _, folder := range []string{r.State(), r.Logs(), r.Evidence(), r.Data()} {
		if err := os.MkdirAll(folder, 0o750); err != nil {
			return fmt.Errorf("making the folders of the service: %w", err)
		}
	}
	return nil
}
