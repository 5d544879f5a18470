package logs

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gopack.dev/guard/internal/files"
)

// Limits of the log files of one program.
type Limits struct {
	// Size in bytes and age at which a file is put aside.
	Size int64
	Age  time.Duration
	// Total in bytes of all files together, and how long a file is kept.
	Total    int64
	Keep     time.Duration
	Compress bool
}

// Rotated is an io.Writer over a file that is put aside when it is large or old.
type Rotated struct {
	folder, name string
	limits       Limits
	now          func() time.Time
	file         *os.File
	size         int64
	born         time.Time
	tidy         chan struct{}
	tidied       chan struct{}
}

// NewRotated appends to FOLDER/NAME.log.
func NewRotated(folder, name string, limits Limits) (*Rotated, error) {
	r := &Rotated{folder: folder, name: name, limits: limits, now: time.Now, tidy: make(chan struct{}, 1), tidied: make(chan struct{})}
	if err := files.RemovePartial(folder); err != nil {
		return nil, fmt.Errorf("opening the log: %w", err)
	}
	if err := r.open(); err != nil {
		return nil, err
	}
	go r.tidier()
	r.wakeTidier()
	return r, nil
}

// Path is the file written to now.
func (r *Rotated) Path() string { return filepath.Join(r.folder, r.name+".log") }

func (r *Rotated) open() error {
	file, err := openLog(r.Path())
	if err != nil {
		return fmt.Errorf("opening the log: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return fmt.Errorf("opening the log: %w", err)
	}
	r.file, r.size, r.born = file, info.Size(), born(file, info)
	if r.size == 0 {
		r.born = r.now()
	}
	return r.endHalfLine()
}

// endHalfLine: a killed guard may have written half a line; the next one begins a line of its own.
func (r *Rotated) endHalfLine() error {
	if r.size == 0 {
		return nil
	}
	last := make([]byte, 1)
	if _, err := r.file.ReadAt(last, r.size-1); err != nil {
		return fmt.Errorf("reading the end of the log: %w", err)
	}
	if last[0] == '\n' {
		return nil
	}
	n, err := r.file.Write([]byte("\n"))
	r.size += int64(n)
	return err
}

// Write writes whole lines into one file. After an error the next call begins a new line.
func (r *Rotated) Write(lines []byte) (int, error) {
	if r.file == nil {
		if err := r.open(); err != nil {
			return 0, err
		}
	}
	if r.size > 0 && (r.size+int64(len(lines)) > r.limits.Size || r.now().Sub(r.born) > r.limits.Age) {
		if err := r.rotate(); err != nil {
			return 0, err
		}
	}
	n, err := r.file.Write(lines)
	r.size += int64(n)
	if err != nil && n > 0 {
		// Half a batch is taken back, so that only whole lines are lost.
		if r.file.Truncate(r.size-int64(n)) == nil {
			r.size -= int64(n)
		}
	}
	return n, err
}

func (r *Rotated) rotate() error {
	r.file.Close()
	r.file = nil
	aside := r.aside()
	if err := os.Rename(r.Path(), aside); err != nil {
		// Somebody holds the file: go on writing to it rather than losing lines.
		if open := r.open(); open != nil {
			return fmt.Errorf("putting the log aside: %w", open)
		}
		return nil
	}
	r.wakeTidier()
	return r.open()
}

// aside is a free name that sorts by time; a clock that jumped back gets a number behind it.
func (r *Rotated) aside() string {
	stamp := r.now().UTC().Format("20060102T150405.000Z")
	for i := 0; ; i++ {
		name := fmt.Sprintf("%s-%s-%03d.log", r.name, stamp, i)
		path := filepath.Join(r.folder, name)
		if !exists(path) && !exists(path+".gz") {
			return path
		}
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Close closes the file and waits until files put aside are compressed.
func (r *Rotated) Close() error {
	close(r.tidy)
	<-r.tidied
	if r.file == nil {
		return nil
	}
	if err := r.file.Close(); err != nil {
		return fmt.Errorf("closing the log: %w", err)
	}
	return nil
}
