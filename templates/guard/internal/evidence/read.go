package evidence

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"gopack.dev/guard/internal/files"
)

// ErrUnknown means that there is no such incident.
var ErrUnknown = errors.New("no such incident")

// Read reads the manifest of an incident.
func (s Store) Read(id string) (Incident, error) {
	var incident Incident
	if !idPattern.MatchString(id) {
		return incident, fmt.Errorf("%w: %q", ErrUnknown, id)
	}
	data, err := os.ReadFile(filepath.Join(s.Folder, id, "manifest.json"))
	if errors.Is(err, os.ErrNotExist) {
		return incident, fmt.Errorf("%w: %q", ErrUnknown, id)
	}
	if err != nil {
		return incident, fmt.Errorf("reading incident %s: %w", id, err)
	}
	if err := json.Unmarshal(data, &incident); err != nil {
		return incident, fmt.Errorf("incident %s: manifest.json is damaged: %w", id, err)
	}
	return incident, nil
}

// Export packs an incident into a zip. Memory dumps stay out unless asked for: they hold secrets.
// The folder is opened as a root of its own: a link planted in it leads nowhere.
func (s Store) Export(id, target string, dumps bool) error {
	incident, err := s.Read(id)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(filepath.Join(s.Folder, id))
	if err != nil {
		return fmt.Errorf("exporting incident %s: %w", id, err)
	}
	defer root.Close()
	return files.WriteFrom(target, 0o600, func(w io.Writer) error {
		archive := zip.NewWriter(w)
		for _, name := range append([]string{"manifest.json"}, slices.Sorted(maps.Keys(incident.Files))...) {
			if filepath.Ext(name) == ".dmp" && !dumps {
				continue
			}
			if err := addFile(archive, root, name); err != nil {
				return err
			}
		}
		return archive.Close()
	})
}

func addFile(archive *zip.Writer, root *os.Root, name string) error {
	info, err := root.Lstat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no plain file", name)
	}
	file, err := root.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	entry, err := archive.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(entry, file)
	return err
}
