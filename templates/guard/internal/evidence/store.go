// Package evidence keeps what can be known about a failure: one folder an incident, whole or not there, within a quota.
package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"gopack.dev/guard/internal/files"
)

// Incident is manifest.json of an incident's folder.
type Incident struct {
	Schema  int       `json:"schema"`
	ID      string    `json:"id"`
	Time    time.Time `json:"time"`
	Service string    `json:"service"`
	Tag     string    `json:"tag"`
	// Kind is crash, hang, ceiling, guard-died or dirty-boot.
	Kind        string   `json:"kind"`
	PID         int      `json:"pid,omitempty"`
	ExitCode    uint32   `json:"exitCode"`
	Signal      string   `json:"signal,omitempty"`
	Panic       bool     `json:"panic,omitempty"`
	UptimeSec   float64  `json:"uptimeSec"`
	CommandLine []string `json:"commandLine,omitempty"`
	Cause       string   `json:"cause,omitempty"`
	Next        string   `json:"next"`
	// Partial names what is missing, and why.
	Partial []string        `json:"partial,omitempty"`
	Files   map[string]File `json:"files"`
}

// File is one piece of evidence.
type File struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// Piece is evidence still to be collected.
type Piece struct {
	Name string
	// Collect ends when the context does; what was written until then is kept.
	Collect func(ctx context.Context, w io.Writer) error
}

// Text is a piece that is there already.
func Text(name string, data []byte) Piece {
	return Piece{name, func(_ context.Context, w io.Writer) error {
		_, err := w.Write(data)
		return err
	}}
}

// Store is the evidence folder of a service.
type Store struct {
	Folder string
	// Quota in bytes of all incidents together; it is never exceeded.
	Quota int64
}

var idPattern = regexp.MustCompile(`^[0-9]{8}T[0-9]{9}Z-[a-z-]+(-[0-9]+)?$`)

// NewID names an incident by its time and kind.
func (s Store) NewID(at time.Time, kind string) string {
	id := at.UTC().Format("20060102T150405.000Z") + "-" + kind
	id = id[:15] + id[16:]
	for i := 2; ; i++ {
		if _, err := os.Lstat(filepath.Join(s.Folder, id)); errors.Is(err, fs.ErrNotExist) {
			return id
		}
		id = fmt.Sprintf("%s-%d", id[:19+1+len(kind)], i)
	}
}

var errQuota = errors.New("the quota for evidence is used up")

// Write collects the pieces until the context ends, and puts the folder in place. An incident keeps its manifest even
// when nothing else fits.
func (s Store) Write(ctx context.Context, incident Incident, pieces []Piece) (err error) {
	incident.Schema, incident.Files = 1, map[string]File{}
	folder := filepath.Join(s.Folder, files.Partial+incident.ID)
	if err := os.Mkdir(folder, 0o750); err != nil {
		return fmt.Errorf("writing incident %s: %w", incident.ID, err)
	}
	defer func() {
		if err != nil {
			os.RemoveAll(folder)
			err = fmt.Errorf("writing incident %s: %w", incident.ID, err)
		}
	}()
	// One incident may take a quarter, so that a large one does not push out all others.
	room := s.Quota/4 - manifestRoom
	for _, piece := range pieces {
		file, err := writePiece(ctx, filepath.Join(folder, piece.Name), piece, room)
		if err != nil {
			incident.Partial = append(incident.Partial, fmt.Sprintf("%s: %v", piece.Name, err))
		}
		if file.Size > 0 || err == nil {
			incident.Files[piece.Name] = file
			room -= file.Size
		}
	}
	data, err := json.MarshalIndent(incident, "", "  ")
	if err != nil {
		return err
	}
	if err := files.Write(filepath.Join(folder, "manifest.json"), append(data, '\n'), 0o640); err != nil {
		return err
	}
	if err := s.prune(s.Quota - sizeOf(folder)); err != nil {
		return err
	}
	return files.Rename(folder, filepath.Join(s.Folder, incident.ID))
}

const manifestRoom = 16 << 10

func writePiece(ctx context.Context, path string, piece Piece, room int64) (File, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return File{}, err
	}
	defer file.Close()
	hash := sha256.New()
	limited := &limitedWriter{to: io.MultiWriter(file, hash), room: room, ctx: ctx}
	err = piece.Collect(ctx, limited)
	if err == nil {
		err = ctx.Err()
	}
	if limited.written == 0 && err != nil {
		os.Remove(path)
		return File{}, err
	}
	return File{hex.EncodeToString(hash.Sum(nil)), limited.written}, errors.Join(err, file.Sync())
}

// limitedWriter stops at the quota and at the deadline, whatever the collector does.
type limitedWriter struct {
	to            io.Writer
	room, written int64
	ctx           context.Context
}

func (l *limitedWriter) Write(data []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	fits := data[:max(0, min(int64(len(data)), l.room))]
	n, err := l.to.Write(fits)
	l.room -= int64(n)
	l.written += int64(n)
	if err == nil && len(fits) < len(data) {
		err = errQuota
	}
	return n, err
}

// prune removes the oldest incidents until the rest fits.
func (s Store) prune(room int64) error {
	ids, err := s.IDs()
	if err != nil {
		return err
	}
	for _, id := range slices.Backward(ids) {
		path := filepath.Join(s.Folder, id)
		if room -= sizeOf(path); room >= 0 {
			continue
		}
		gone := filepath.Join(s.Folder, files.Partial+"old-"+id)
		if err := files.Rename(path, gone); err != nil {
			return fmt.Errorf("making room for evidence: %w", err)
		}
		if err := os.RemoveAll(gone); err != nil {
			return fmt.Errorf("making room for evidence: %w", err)
		}
	}
	return nil
}

func sizeOf(folder string) (total int64) {
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			total += info.Size()
		}
	}
	return total
}

// IDs lists incidents, oldest first.
func (s Store) IDs() ([]string, error) {
	entries, err := os.ReadDir(s.Folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing evidence: %w", err)
	}
	var ids []string
	for _, entry := range entries {
		if entry.IsDir() && idPattern.MatchString(entry.Name()) {
			ids = append(ids, entry.Name())
		}
	}
	return ids, nil
}
