package versions

import (
	"archive/zip"
	"debug/elf"
	"debug/pe"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"gopack.dev/guard/internal/config"
)

// Names Windows takes for devices, whatever comes behind the dot.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$`)

// checkEntries gives the files of an archive by their names, or says why it is refused as a whole. A folder around
// everything is taken off.
func checkEntries(list []*zip.File) (map[string]*zip.File, error) {
	if len(list) > mostFiles {
		return nil, fmt.Errorf("more than %d files", mostFiles)
	}
	entries, seen, total := map[string]*zip.File{}, map[string]string{}, uint64(0)
	for _, entry := range list {
		name := strings.TrimSuffix(entry.Name, "/")
		if problem := badName(name); problem != "" {
			return nil, fmt.Errorf("%q is refused: %s", entry.Name, problem)
		}
		if strings.HasSuffix(entry.Name, "/") {
			continue
		}
		if !entry.Mode().IsRegular() {
			return nil, fmt.Errorf("%q is refused: it is no plain file", entry.Name)
		}
		if other, twice := seen[strings.ToLower(name)]; twice {
			return nil, fmt.Errorf("%q and %q are the same file on Windows", other, name)
		}
		seen[strings.ToLower(name)] = name
		total += entry.UncompressedSize64
		if entry.UncompressedSize64 > largestFile || total > largestTotal {
			return nil, errors.New("it unpacks to more than a release can be")
		}
		entries[name] = entry
	}
	return unwrapped(entries), nil
}

func badName(name string) string {
	if !config.IsLocal(name) {
		return "it leads outside the folder"
	}
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case reserved.MatchString(part):
			return "Windows takes " + part + " for a device"
		case strings.HasSuffix(part, ".") || strings.HasSuffix(part, " "):
			return "Windows drops the dot or space at the end of " + part
		case strings.ContainsAny(part, `<>"|?*`) || strings.IndexFunc(part, func(r rune) bool { return r < ' ' }) >= 0:
			return "Windows has no such names"
		}
	}
	return ""
}

func unwrapped(entries map[string]*zip.File) map[string]*zip.File {
	prefix := ""
	for name := range entries {
		first, _, nested := strings.Cut(name, "/")
		if !nested || prefix != "" && first != prefix {
			return entries
		}
		prefix = first
	}
	inner := map[string]*zip.File{}
	for name, entry := range entries {
		inner[strings.TrimPrefix(name, prefix+"/")] = entry
	}
	return inner
}

// checkRelease refuses what is not a version of this service for this system.
func checkRelease(folder string, c config.Config, options UnpackOptions) error {
	switch {
	case c.Tag == "":
		return errors.New("its guard.json names no tag")
	case options.Name != "" && c.Name != options.Name:
		return fmt.Errorf("it is a release of %s, not of %s", c.Name, options.Name)
	}
	target, err := targetOf(filepath.Join(folder, filepath.FromSlash(c.Program)))
	if err != nil {
		return fmt.Errorf("%s: %w", path.Base(c.Program), err)
	}
	if own := runtime.GOOS + "/" + runtime.GOARCH; target != own {
		return fmt.Errorf("it is made for %s, and this is %s", target, own)
	}
	return nil
}

// targetOf reads the system and architecture from a program's own header.
func targetOf(program string) (string, error) {
	if file, err := pe.Open(program); err == nil {
		defer file.Close()
		arch := map[uint16]string{pe.IMAGE_FILE_MACHINE_AMD64: "amd64", pe.IMAGE_FILE_MACHINE_ARM64: "arm64", pe.IMAGE_FILE_MACHINE_I386: "386"}[file.Machine]
		return "windows/" + arch, nil
	}
	file, err := elf.Open(program)
	if err != nil {
		return "", fmt.Errorf("not a program: %w", err)
	}
	defer file.Close()
	arch, known := map[elf.Machine]string{elf.EM_X86_64: "amd64", elf.EM_AARCH64: "arm64", elf.EM_386: "386"}[file.Machine]
	if !known {
		arch = strings.ToLower(strings.TrimPrefix(file.Machine.String(), "EM_"))
	}
	return "linux/" + arch, nil
}
