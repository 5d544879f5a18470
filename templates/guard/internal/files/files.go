// Package files writes files that are there whole or not at all, also after a power cut.
package files

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Partial begins the names of files and folders that are still being written; the rest of a killed guard is removed by it.
const Partial = ".partial-"

// Write puts a file in place: temporary name in the same folder, flush, rename, flush of the folder.
func Write(path string, data []byte, mode fs.FileMode) error {
	return WriteFrom(path, mode, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// WriteFrom is Write for what is made piece by piece.
func WriteFrom(path string, mode fs.FileMode, fill func(io.Writer) error) (err error) {
	folder := filepath.Dir(path)
	file, err := os.CreateTemp(folder, Partial+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			file.Close()
			os.Remove(file.Name())
			err = fmt.Errorf("writing %s: %w", path, err)
		}
	}()
	if err = file.Chmod(mode); err != nil && !isUnsupported(err) {
		return err
	}
	if err = fill(file); err != nil {
		return err
	}
	if err = file.Sync(); err != nil {
		return err
	}
	if err = file.Close(); err != nil {
		return err
	}
	return Rename(file.Name(), path)
}

// Rename moves a file or folder and flushes the move. It tries again for two seconds where a virus scanner or a reader holds the file.
func Rename(from, to string) error {
	pause := 5 * time.Millisecond
	for deadline := time.Now().Add(2 * time.Second); ; pause *= 2 {
		err := replace(from, to)
		if err == nil {
			return SyncFolder(filepath.Dir(to))
		}
		if !isHeld(err) || time.Now().After(deadline) {
			return err
		}
		time.Sleep(pause)
	}
}

// RemovePartial removes what a killed guard left behind in a folder.
func RemovePartial(folder string) error {
	left, err := filepath.Glob(filepath.Join(folder, Partial+"*"))
	if err != nil {
		return fmt.Errorf("looking for partial files: %w", err)
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("removing what was left half-written: %w", err)
		}
	}
	return nil
}
