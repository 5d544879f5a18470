package versions

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"gopack.dev/guard/internal/config"
)

// Manifest is versions/TAG/manifest.json: what was unpacked.
type Manifest struct {
	Schema int    `json:"schema"`
	Name   string `json:"name"`
	Tag    string `json:"tag"`
	// Target is OS/ARCH as Go names them.
	Target string `json:"target"`
	// Source is the SHA-256 of the archive; Verified tells whether it was compared with a published one.
	Source   string `json:"source"`
	Verified bool   `json:"verified"`
	// Files gives the SHA-256 of each file; names have slashes.
	Files map[string]string `json:"files"`
}

// Manifest reads the manifest of a version.
func (s Store) Manifest(tag string) (Manifest, error) {
	var manifest Manifest
	data, err := os.ReadFile(filepath.Join(s.Root.Version(tag), "manifest.json"))
	if err != nil {
		return manifest, fmt.Errorf("version %s: %w", tag, err)
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		return manifest, fmt.Errorf("version %s: manifest.json is damaged: %w", tag, err)
	}
	for name := range manifest.Files {
		if !config.IsLocal(name) {
			return manifest, fmt.Errorf("version %s: manifest.json names %q, which is outside its folder", tag, name)
		}
	}
	return manifest, nil
}

// Verify reads every file of a version and compares it with the manifest.
func (s Store) Verify(tag string) error {
	manifest, err := s.Manifest(tag)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(manifest.Files)) {
		found, err := hashFile(filepath.Join(s.Root.Version(tag), filepath.FromSlash(name)))
		if err != nil {
			return fmt.Errorf("version %s: %w", tag, err)
		}
		if found != manifest.Files[name] {
			return fmt.Errorf("version %s: %s is not what was unpacked", tag, name)
		}
	}
	return nil
}

func hashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func (s Store) age(tag string) time.Time {
	info, err := os.Stat(s.Root.Version(tag))
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
