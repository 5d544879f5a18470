package guard

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"fmt"
	"gopack.dev/guard/internal/evidence"
)

func sameName(a, b string) bool { return a == b }

func isTaken(error) bool { return false }

// askForTraceback: a Go program answers SIGQUIT with the stacks of all goroutines, and ends.
func askForTraceback(ctx context.Context, p *program) {
	if p.Signal(syscall.SIGQUIT) != nil {
		return
	}
	select {
	case <-p.Done():
	case <-time.After(time.Second):
	case <-ctx.Done():
	}
}

// surroundings is the state of the system around an incident.
func (g *Guard) surroundings() []evidence.Piece {
	return []evidence.Piece{
		{Name: "processes.txt", Collect: writeProcesses},
		copied("tcp.txt", "/proc/net/tcp"),
		copied("tcp6.txt", "/proc/net/tcp6"),
		copied("memory.txt", "/proc/meminfo"),
		{Name: "disk.txt", Collect: func(_ context.Context, w io.Writer) error {
			var disk unix.Statfs_t
			if err := unix.Statfs(string(g.root), &disk); err != nil {
				return err
			}
			_, err := fmt.Fprintf(w, "folder %s\ntotal %d\navailable %d\nfree inodes %d\n", g.root, disk.Blocks*uint64(disk.Bsize), disk.Bavail*uint64(disk.Bsize), disk.Ffree)
			return err
		}},
	}
}

func copied(name, path string) evidence.Piece {
	return evidence.Piece{Name: name, Collect: func(_ context.Context, w io.Writer) error {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}}
}

// writeProcesses lists numbers and names only: command lines of strangers may hold their secrets.
func writeProcesses(ctx context.Context, w io.Writer) error {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return err
	}
	for _, path := range stats {
		data, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		text := string(data)
		end := strings.LastIndexByte(text, ')')
		if fields := strings.Fields(text[end+1:]); len(fields) > 21 {
			if _, err := fmt.Fprintf(w, "%s state %s parent %s threads %s pages %s\n", text[:end+1], fields[0], fields[1], fields[17], fields[21]); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}
