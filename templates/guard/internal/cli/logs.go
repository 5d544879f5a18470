package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// logs shows the end of the program's output, and follows it over rotations.
func (c *command) logs() func(context.Context) error {
	follow := c.flags.Bool("f", false, "go on showing what is written")
	lines := c.flags.Int("n", 20, "lines to begin with")
	return func(ctx context.Context) error {
		root, err := c.folder()
		if err != nil {
			return err
		}
		loaded, err := current(root)
		if err != nil {
			return err
		}
		path := filepath.Join(root.Logs(), loaded.Name+".log")
		file, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("the program has written nothing yet: %w", err)
		}
		defer func() { file.Close() }()
		if err := seekLines(file, *lines); err != nil {
			return err
		}
		for {
			if _, err := io.Copy(c.stdout, file); err != nil || !*follow {
				return err
			}
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(200 * time.Millisecond):
			}
			if file, err = c.reopened(file, path); err != nil {
				return err
			}
		}
	}
}

// reopened gives the new file once the old one was put aside and read to its end.
func (c *command) reopened(file *os.File, path string) (*os.File, error) {
	old, err := file.Stat()
	if err != nil {
		return file, err
	}
	now, err := os.Stat(path)
	if err != nil || os.SameFile(old, now) {
		if errors.Is(err, os.ErrNotExist) {
			err = nil
		}
		return file, err
	}
	if _, err := io.Copy(c.stdout, file); err != nil {
		return file, err
	}
	next, err := os.Open(path)
	if err != nil {
		return file, err
	}
	file.Close()
	return next, nil
}

// seekLines goes to the beginning of the last lines, reading no more than the last MiB.
func seekLines(file *os.File, lines int) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	start := max(0, info.Size()-1<<20)
	tail := make([]byte, info.Size()-start)
	if _, err := file.ReadAt(tail, start); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	end := len(bytes.TrimSuffix(tail, []byte("\n")))
	for ; lines > 0 && end >= 0; lines-- {
		end = bytes.LastIndexByte(tail[:end], '\n')
	}
	_, err = file.Seek(start+int64(end+1), io.SeekStart)
	return err
}
