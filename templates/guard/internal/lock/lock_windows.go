package lock

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

func take(file *os.File) error {
	var at windows.Overlapped
	err := windows.LockFileEx(windows.Handle(file.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrHeld
	}
	if err != nil {
		return fmt.Errorf("taking the lock: %w", err)
	}
	return nil
}
