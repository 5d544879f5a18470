// Package boot tells starts of the system apart, and remembers whether the last guard ended in order.
package boot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"gopack.dev/guard/internal/files"
	"gopack.dev/guard/internal/process"
)

// Identity is a process for which a number used twice is no mistake.
type Identity struct {
	PID     int    `json:"pid"`
	Created uint64 `json:"created"`
}

// IdentityOf describes a living process.
func IdentityOf(pid int) Identity { return Identity{pid, process.Created(pid)} }

// Alive tells whether exactly this process still exists.
func (i Identity) Alive() bool {
	return i.PID > 0 && i.Created != 0 && process.Created(i.PID) == i.Created
}

// Marker is there while a guard works; left behind, it tells that the guard or the system ended without warning.
type Marker struct {
	Schema  int      `json:"schema"`
	Boot    string   `json:"boot"`
	Guard   Identity `json:"guard"`
	Program Identity `json:"program"`
	Tag     string   `json:"tag"`
}

// ReadMarker reads the marker an earlier guard left; false when there is none. A damaged one counts as left by another boot.
func ReadMarker(path string) (Marker, bool, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Marker{}, false, nil
	}
	if err != nil {
		return Marker{}, false, fmt.Errorf("reading the marker of the last guard: %w", err)
	}
	var marker Marker
	if err := json.Unmarshal(data, &marker); err != nil {
		return Marker{}, true, nil
	}
	return marker, true, nil
}

// Write writes the marker.
func (m Marker) Write(path string) error {
	m.Schema = 1
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return files.Write(path, append(data, '\n'), 0o640)
}

// Intent is a deliberate stop: watchers leave the service alone for the rest of this boot.
type Intent struct {
	Intent string `json:"intent"`
	Boot   string `json:"boot"`
}

// RememberStop writes the intent down.
func RememberStop(path, bootID string) error {
	data, err := json.Marshal(Intent{"stopped", bootID})
	if err != nil {
		return err
	}
	return files.Write(path, append(data, '\n'), 0o640)
}

// ForgetStop takes it back.
func ForgetStop(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("taking back the intended stop: %w", err)
	}
	return nil
}

// StopIntended tells whether an administrator stopped the service since this boot.
func StopIntended(path, bootID string) bool {
	data, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	var intent Intent
	return json.Unmarshal(data, &intent) == nil && intent.Intent == "stopped" && intent.Boot == bootID
}
