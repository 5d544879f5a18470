// Package lock makes sure that one guard at a time works on a folder.
package lock

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// ErrHeld means that another guard holds the lock.
var ErrHeld = errors.New("another guard works on this folder")

// Lock is held until Release, or until the process ends, however it ends.
type Lock struct{ file *os.File }

// Try takes the lock or fails at once with ErrHeld.
func Try(path string) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o640)
	if err != nil {
		return nil, fmt.Errorf("opening the lock: %w", err)
	}
	if err := take(file); err != nil {
		file.Close()
		return nil, err
	}
	return &Lock{file}, nil
}

// Wait tries until the context ends.
func Wait(ctx context.Context, path string) (*Lock, error) {
	for {
		held, err := Try(path)
		if !errors.Is(err, ErrHeld) {
			return held, err
		}
		select {
		case <-ctx.Done():
			return nil, ErrHeld
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Release gives the lock back.
func (l *Lock) Release() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("releasing the lock: %w", err)
	}
	return nil
}
