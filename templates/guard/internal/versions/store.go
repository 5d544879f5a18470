// Package versions keeps the unpacked versions of a program and the pointer that names the current one.
package versions

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/files"
	"gopack.dev/guard/internal/layout"
)

// ErrPointer means that state/current does not name a version.
var ErrPointer = errors.New("the pointer to the current version is damaged")

// Store is the versions of one service.
type Store struct{ Root layout.Root }

// Current reads the pointer; empty when nothing was ever deployed. The error matches ErrPointer when it holds no tag.
func (s Store) Current() (string, error) {
	data, err := os.ReadFile(s.Root.Pointer())
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading the pointer: %w", err)
	}
	tag := strings.TrimSuffix(string(data), "\n")
	if !config.TagPattern.MatchString(tag) || len(tag) > 200 {
		return "", fmt.Errorf("%w: %s holds %.40q", ErrPointer, s.Root.Pointer(), tag)
	}
	return tag, nil
}

// SetCurrent moves the pointer: the old tag or the new one is there, whatever happens.
func (s Store) SetCurrent(tag string) error {
	if !config.TagPattern.MatchString(tag) {
		return fmt.Errorf("%q is no tag", tag)
	}
	return files.Write(s.Root.Pointer(), []byte(tag+"\n"), 0o640)
}

// Record is what is known about versions. Oldest first.
type Record struct {
	Schema int      `json:"schema"`
	Proven []string `json:"proven"`
	Bad    []string `json:"bad"`
}

func (s Store) recordPath() string { return s.Root.State("versions.json") }

// Record reads what is known; a missing or damaged file means that nothing is known.
func (s Store) Record() (Record, error) {
	record := Record{Schema: 1}
	data, err := os.ReadFile(s.recordPath())
	if errors.Is(err, fs.ErrNotExist) {
		return record, nil
	}
	if err != nil {
		return record, fmt.Errorf("reading what is known about versions: %w", err)
	}
	var read Record
	if err := json.Unmarshal(data, &read); err != nil {
		return record, fmt.Errorf("%s is damaged, so no version counts as proven: %w", s.recordPath(), err)
	}
	if read.Schema != 1 {
		return record, fmt.Errorf("%s has format %d, which this guard does not know", s.recordPath(), read.Schema)
	}
	return read, nil
}

// MarkStable records that a version held, now last of all.
func (s Store) MarkStable(tag string) error {
	if known, err := s.Record(); err == nil && !slices.Contains(known.Bad, tag) && len(known.Proven) > 0 && known.Proven[len(known.Proven)-1] == tag {
		return nil
	}
	return s.change(func(r *Record) {
		r.Bad = without(r.Bad, tag)
		r.Proven = append(without(r.Proven, tag), tag)
	})
}

// MarkBad records that a version failed on trial.
func (s Store) MarkBad(tag string) error {
	return s.change(func(r *Record) { r.Bad = append(without(r.Bad, tag), tag) })
}

// Revive takes back that a version is bad.
func (s Store) Revive(tag string) error {
	return s.change(func(r *Record) { r.Bad = without(r.Bad, tag) })
}

func (s Store) change(edit func(*Record)) error {
	record, _ := s.Record() // a damaged record is replaced
	edit(&record)
	data, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return err
	}
	return files.Write(s.recordPath(), append(data, '\n'), 0o640)
}

func without(list []string, tag string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(t string) bool { return t == tag })
}

// Tags lists the versions that are unpacked, in the order of their names.
func (s Store) Tags() ([]string, error) {
	entries, err := os.ReadDir(s.Root.Versions())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing versions: %w", err)
	}
	var tags []string
	for _, entry := range entries {
		if entry.IsDir() && config.TagPattern.MatchString(entry.Name()) {
			tags = append(tags, entry.Name())
		}
	}
	return tags, nil
}

// Exists tells whether a version is unpacked.
func (s Store) Exists(tag string) bool {
	info, err := os.Lstat(s.Root.Version(tag))
	return err == nil && info.IsDir()
}

// Fallback is the version that held last, other than the one given; empty when there is none.
func (s Store) Fallback(tag string) string {
	record, _ := s.Record()
	for _, candidate := range slices.Backward(record.Proven) {
		if candidate != tag && !slices.Contains(record.Bad, candidate) && s.Exists(candidate) {
			return candidate
		}
	}
	return ""
}

// Info is what is known about one version.
type Info struct {
	Tag     string `json:"tag"`
	Current bool   `json:"current"`
	Proven  bool   `json:"proven"`
	Bad     bool   `json:"bad"`
}

// List tells about all versions that are unpacked.
func (s Store) List() ([]Info, error) {
	tags, err := s.Tags()
	if err != nil {
		return nil, err
	}
	current, _ := s.Current()
	record, err := s.Record()
	list := make([]Info, len(tags))
	for i, tag := range tags {
		list[i] = Info{tag, tag == current, slices.Contains(record.Proven, tag), slices.Contains(record.Bad, tag)}
	}
	return list, err
}

// Prune removes what nobody needs any more: all but the newest few, the current one, the one that held last, and keep.
func (s Store) Prune(newest int, keep ...string) error {
	tags, err := s.Tags()
	if err != nil {
		return err
	}
	current, err := s.Current()
	if err != nil {
		return err
	}
	keep = append(keep, current, s.Fallback(current))
	byAge := slices.SortedFunc(slices.Values(tags), func(a, b string) int { return s.age(b).Compare(s.age(a)) })
	for i, tag := range byAge {
		if i < newest || slices.Contains(keep, tag) {
			continue
		}
		// Renamed first, so that a half-removed version is never taken for a whole one.
		gone := filepath.Join(s.Root.Versions(), files.Partial+tag)
		if err := files.Rename(s.Root.Version(tag), gone); err != nil {
			return fmt.Errorf("removing version %s: %w", tag, err)
		}
		if err := os.RemoveAll(gone); err != nil {
			return fmt.Errorf("removing version %s: %w", tag, err)
		}
	}
	return nil
}

// CheckTag refuses what could name another folder.
func CheckTag(tag string) error {
	if !config.TagPattern.MatchString(tag) {
		return fmt.Errorf("%q is no tag", tag)
	}
	return nil
}

// IsBad tells whether a version failed on trial.
func (s Store) IsBad(tag string) bool {
	record, _ := s.Record()
	return slices.Contains(record.Bad, tag)
}
