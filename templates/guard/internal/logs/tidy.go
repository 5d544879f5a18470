package logs

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gopack.dev/guard/internal/files"
)

func (r *Rotated) wakeTidier() {
	select {
	case r.tidy <- struct{}{}:
	default: // it will look again anyway
	}
}

// tidier compresses and removes in the background; a failure is tried again at the next rotation.
func (r *Rotated) tidier() {
	defer close(r.tidied)
	for range r.tidy {
		r.Tidy()
	}
}

// Tidy brings the files put aside within the limits, oldest first, then compresses what is left.
func (r *Rotated) Tidy() error {
	if err := r.prune(); err != nil {
		return err
	}
	if !r.limits.Compress {
		return nil
	}
	plain, err := filepath.Glob(filepath.Join(r.folder, r.name+"-*Z-*.log"))
	if err != nil {
		return err
	}
	for _, path := range plain {
		if err := compress(path); err != nil {
			return err
		}
		if err := r.prune(); err != nil {
			return err
		}
	}
	return nil
}

// prune leaves room for the file being written.
func (r *Rotated) prune() error {
	aside, err := filepath.Glob(filepath.Join(r.folder, r.name+"-*Z-*.log*"))
	if err != nil {
		return err
	}
	room := r.limits.Total - r.limits.Size
	for i := len(aside) - 1; i >= 0; i-- { // names sort by time
		info, err := os.Lstat(aside[i])
		if err != nil {
			continue
		}
		room -= info.Size()
		if room < 0 || r.now().Sub(info.ModTime()) > r.limits.Keep {
			if err := os.Remove(aside[i]); err != nil && !os.IsNotExist(err) {
				return fmt.Errorf("removing an old log: %w", err)
			}
			room += info.Size()
		}
	}
	return nil
}

func compress(path string) error {
	source, err := os.Open(path)
	if err != nil {
		if os.IsNotExist(err) {
			return nil
		}
		return fmt.Errorf("compressing a log: %w", err)
	}
	defer source.Close()
	info, err := source.Stat()
	if err != nil {
		return fmt.Errorf("compressing a log: %w", err)
	}
	err = files.WriteFrom(path+".gz", 0o640, func(w io.Writer) error {
		packer, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
		if err != nil {
			return err
		}
		packer.Name, packer.ModTime = strings.TrimSuffix(filepath.Base(path), ".gz"), info.ModTime().Truncate(time.Second)
		if _, err := io.Copy(packer, source); err != nil {
			return err
		}
		return packer.Close()
	})
	if err != nil {
		return fmt.Errorf("compressing a log: %w", err)
	}
	if err := os.Chtimes(path+".gz", info.ModTime(), info.ModTime()); err != nil {
		return fmt.Errorf("compressing a log: %w", err)
	}
	source.Close()
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("compressing a log: %w", err)
	}
	return nil
}
