package guard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"

	"gopack.dev/guard/internal/evidence"
)

func sameName(a, b string) bool { return strings.EqualFold(a, b) }

// isTaken: a virus scanner has the program.
func isTaken(err error) bool {
	return errors.Is(err, windows.ERROR_VIRUS_INFECTED) || errors.Is(err, windows.ERROR_VIRUS_DELETED)
}

// askForTraceback: a console event ends a Go program without a traceback, so there is nothing to ask.
func askForTraceback(context.Context, *program) {}

// surroundings is the state of the system around an incident.
func (g *Guard) surroundings() []evidence.Piece {
	return []evidence.Piece{
		{Name: "processes.txt", Collect: writeProcesses},
		{Name: "disk.txt", Collect: func(_ context.Context, w io.Writer) error {
			folder, err := windows.UTF16PtrFromString(string(g.root))
			if err != nil {
				return err
			}
			var available, total, free uint64
			if err := windows.GetDiskFreeSpaceEx(folder, &available, &total, &free); err != nil {
				return err
			}
			_, err = fmt.Fprintf(w, "folder %s\ntotal %d\navailable %d\n", g.root, total, available)
			return err
		}},
	}
}

func writeProcesses(ctx context.Context, w io.Writer) error {
	snapshot, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(snapshot)
	entry := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(snapshot, &entry); err == nil && ctx.Err() == nil; err = windows.Process32Next(snapshot, &entry) {
		if _, err := fmt.Fprintf(w, "%d (%s) parent %d threads %d\n", entry.ProcessID, windows.UTF16ToString(entry.ExeFile[:]), entry.ParentProcessID, entry.Threads); err != nil {
			return err
		}
	}
	return ctx.Err()
}
