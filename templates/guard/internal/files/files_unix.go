//go:build unix

package files

import (
	"fmt"
	"os"
)

func replace(from, to string) error { return os.Rename(from, to) }

func isHeld(error) bool { return false }

func isUnsupported(error) bool { return false }

// SyncFolder makes names in a folder survive a power cut.
func SyncFolder(folder string) error {
	handle, err := os.Open(folder)
	if err != nil {
		return fmt.Errorf("flushing a folder: %w", err)
	}
	defer handle.Close()
	if err := handle.Sync(); err != nil {
		return fmt.Errorf("flushing %s: %w", folder, err)
	}
	return nil
}
