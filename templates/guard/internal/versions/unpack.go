package versions

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/files"
)

// UnpackOptions says what a release must be.
type UnpackOptions struct {
	// SHA256 in hex; empty means that checksums.txt beside the zip is asked.
	SHA256          string
	AllowUnverified bool
	// Name of the service; empty accepts any.
	Name string
}

// Limits against archives that are small only while packed.
const (
	largestFile  = 4 << 30
	largestTotal = 8 << 30
	mostFiles    = 10_000
)

// Unpack checks a release and puts it into versions/TAG, whole and flushed or not at all. The same release again is
// nothing to do; another one with a known tag is refused.
func (s Store) Unpack(ctx context.Context, archive string, options UnpackOptions) (tag string, err error) {
	source, verified, err := checkArchive(archive, options)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(s.Root.Versions(), 0o755); err != nil {
		return "", fmt.Errorf("unpacking: %w", err)
	}
	if err := files.RemovePartial(s.Root.Versions()); err != nil {
		return "", err
	}
	reader, err := zip.OpenReader(archive)
	if err != nil {
		return "", fmt.Errorf("%s: %w", archive, err)
	}
	defer reader.Close()
	entries, err := checkEntries(reader.File)
	if err != nil {
		return "", fmt.Errorf("%s: %w", archive, err)
	}
	folder := filepath.Join(s.Root.Versions(), fmt.Sprintf("%sunpack-%d", files.Partial, os.Getpid()))
	defer os.RemoveAll(folder)
	manifest := Manifest{Schema: 1, Source: source, Verified: verified, Files: map[string]string{}}
	if err := unpackTo(ctx, folder, entries, manifest.Files); err != nil {
		return "", fmt.Errorf("%s: %w", archive, err)
	}
	loaded, err := config.Load(filepath.Join(folder, "guard.json"))
	if err != nil {
		return "", err
	}
	manifest.Name, manifest.Tag, manifest.Target = loaded.Name, loaded.Tag, runtime.GOOS+"/"+runtime.GOARCH
	if err := checkRelease(folder, loaded.Config, options); err != nil {
		return "", fmt.Errorf("%s: %w", archive, err)
	}
	return loaded.Tag, s.place(folder, manifest)
}

// place gives a finished folder its name.
func (s Store) place(folder string, manifest Manifest) error {
	if s.Exists(manifest.Tag) {
		there, err := s.Manifest(manifest.Tag)
		if err == nil && maps.Equal(there.Files, manifest.Files) && s.Verify(manifest.Tag) == nil {
			return nil
		}
		return fmt.Errorf("version %s is there already with other files; a new build needs a tag of its own", manifest.Tag)
	}
	data, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := files.Write(filepath.Join(folder, "manifest.json"), append(data, '\n'), 0o644); err != nil {
		return err
	}
	if err := syncFolders(folder); err != nil {
		return err
	}
	if err := files.Rename(folder, s.Root.Version(manifest.Tag)); err != nil {
		return fmt.Errorf("putting version %s in place: %w", manifest.Tag, err)
	}
	return nil
}

func syncFolders(folder string) error {
	return filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return files.SyncFolder(path)
	})
}

// checkArchive compares the zip with its published hash before anything in it is read.
func checkArchive(archive string, options UnpackOptions) (source string, verified bool, err error) {
	found, err := hashFile(archive)
	if err != nil {
		return "", false, fmt.Errorf("reading the release: %w", err)
	}
	wanted := strings.ToLower(options.SHA256)
	if wanted == "" {
		wanted, err = published(archive)
	}
	switch {
	case err != nil:
		return "", false, err
	case wanted == "" && options.AllowUnverified:
		return found, false, nil
	case wanted == "":
		return "", false, errors.New("there is no checksums.txt beside the zip that names it; give --sha256, or --allow-unverified if you know where it comes from")
	case wanted != found:
		return "", false, fmt.Errorf("%s is not what was published: SHA-256 %s, not %s", archive, found, wanted)
	}
	return found, true, nil
}

// published looks the zip up in checksums.txt beside it.
func published(archive string) (string, error) {
	data, err := os.ReadFile(filepath.Join(filepath.Dir(archive), "checksums.txt"))
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading the published hashes: %w", err)
	}
	for line := range strings.Lines(string(data)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.TrimLeft(name, " *") == filepath.Base(archive) {
			return strings.ToLower(sum), nil
		}
	}
	return "", nil
}

func unpackTo(ctx context.Context, folder string, entries map[string]*zip.File, sums map[string]string) error {
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	for name, entry := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := root.MkdirAll(filepath.FromSlash(path.Dir(name)), 0o755); err != nil {
			return err
		}
		sum, err := unpackFile(root, name, entry)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		sums[name] = sum
	}
	return nil
}

func unpackFile(root *os.Root, name string, entry *zip.File) (sum string, err error) {
	reader, err := entry.Open()
	if err != nil {
		return "", err
	}
	defer reader.Close()
	file, err := root.OpenFile(filepath.FromSlash(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644|entry.Mode().Perm()&0o111)
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	if err := copyExactly(file, digest, reader, entry.UncompressedSize64); err != nil {
		file.Close()
		return "", err
	}
	if err := file.Sync(); err != nil {
		file.Close()
		return "", err
	}
	return hex.EncodeToString(digest.Sum(nil)), file.Close()
}

// copyExactly stops where the directory of the archive says the file ends: more is a bomb.
func copyExactly(file io.Writer, digest hash.Hash, from io.Reader, size uint64) error {
	n, err := io.Copy(io.MultiWriter(file, digest), io.LimitReader(from, int64(size)+1))
	if err != nil {
		return err
	}
	if uint64(n) != size {
		return fmt.Errorf("%d bytes were announced, and others are there", size)
	}
	return nil
}
