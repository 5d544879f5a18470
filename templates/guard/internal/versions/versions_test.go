package versions

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopack.dev/guard/internal/layout"
)

func newStore(t *testing.T) Store {
	t.Helper()
	s := Store{layout.Root(t.TempDir())}
	if err := s.Root.Make(); err != nil {
		t.Fatal(err)
	}
	return s
}

// pack makes a release whose program is this test itself, as it is made for this system.
func pack(t *testing.T, tag string, change func(map[string]string)) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	// Its header tells the system; the section table an ELF file ends with is left out by saying there is none.
	program := make([]byte, 4096)
	if _, err := io.ReadFull(file, program); err != nil {
		t.Fatal(err)
	}
	clear(program[40:48])
	clear(program[58:64])
	content := map[string]string{"hello": string(program), "guard.json": fmt.Sprintf(`{"name": "hello", "program": "hello", "tag": %q}`, tag), "docs/a.txt": "a"}
	if change != nil {
		change(content)
	}
	path := filepath.Join(t.TempDir(), "release.zip")
	file, err = os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	for name, text := range content {
		header := &zip.FileHeader{Name: name, Method: zip.Store}
		if name == "zeros" {
			header.Method = zip.Deflate
		}
		header.SetMode(0o755)
		if strings.HasPrefix(text, "-> ") {
			header.SetMode(os.ModeSymlink | 0o777)
		}
		entry, err := archive.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		entry.Write([]byte(text))
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	file.Close()
	return path
}

func sumOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func unverified(s Store, path string) (string, error) {
	return s.Unpack(context.Background(), path, UnpackOptions{AllowUnverified: true, Name: "hello"})
}

func TestAReleaseIsUnpackedWholeAndKnown(t *testing.T) {
	s := newStore(t)
	path := pack(t, "v1", nil)
	os.WriteFile(filepath.Join(filepath.Dir(path), "checksums.txt"), []byte(sumOf(t, path)+"  release.zip\n"), 0o644)
	for range 2 { // the second time there is nothing to do
		tag, err := s.Unpack(context.Background(), path, UnpackOptions{})
		if err != nil || tag != "v1" {
			t.Fatalf("%q %v", tag, err)
		}
	}
	manifest, err := s.Manifest("v1")
	if err != nil || !manifest.Verified || len(manifest.Files) != 3 || manifest.Source != sumOf(t, path) {
		t.Errorf("%v %+v", err, manifest)
	}
	if err := s.Verify("v1"); err != nil {
		t.Error(err)
	}
	if info, _ := os.Stat(filepath.Join(s.Root.Version("v1"), "hello")); info.Mode().Perm()&0o111 == 0 {
		t.Error("the program cannot be started")
	}
	os.WriteFile(filepath.Join(s.Root.Version("v1"), "docs", "a.txt"), []byte("b"), 0o644)
	if err := s.Verify("v1"); err == nil || !strings.Contains(err.Error(), "docs/a.txt") {
		t.Errorf("a changed file: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(s.Root.Versions(), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAFolderAroundEverythingIsTakenOff(t *testing.T) {
	s := newStore(t)
	path := pack(t, "v1", func(content map[string]string) {
		for name, text := range content {
			delete(content, name)
			content["hello_v1/"+name] = text
		}
	})
	if _, err := unverified(s, path); err != nil {
		t.Error(err)
	}
}

func TestWhatIsRefused(t *testing.T) {
	put := func(name, text string) func(map[string]string) {
		return func(content map[string]string) { content[name] = text }
	}
	for _, c := range []struct {
		change func(map[string]string)
		want   string
	}{
		{put("../evil", "x"), "leads outside"},
		{put("a/../../evil", "x"), "leads outside"},
		{put("/etc/evil", "x"), "leads outside"},
		{put("C:evil", "x"), "leads outside"},
		{put(`a\b`, "x"), "leads outside"},
		{put("docs/NUL.txt", "x"), "for a device"},
		{put("com1", "x"), "for a device"},
		{put("evil.", "x"), "drops the dot"},
		{put("ev?il", "x"), "no such names"},
		{put("HELLO", "x"), "same file on Windows"},
		{put("link", "-> /etc/passwd"), "no plain file"},
		{put("hello", "no program"), "not a program"},
		{put("hello", "MZ"), "not a program"},
		{put("guard.json", `{"name": "hello", "program": "hello"}`), "names no tag"},
		{put("guard.json", `{"name": "other", "program": "hello", "tag": "v1"}`), "a release of other, not of hello"},
		{put("guard.json", `{"name": "hello", "program": "hello", "tag": "v1", "x": 1}`), "guard.json:1:52"},
		{func(content map[string]string) { delete(content, "guard.json") }, "guard.json"},
	} {
		s := newStore(t)
		if _, err := unverified(s, pack(t, "v1", c.change)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
		if left, _ := os.ReadDir(s.Root.Versions()); len(left) > 0 {
			t.Errorf("%s: left behind: %v", c.want, left)
		}
	}
}

func TestHashesAreAskedFor(t *testing.T) {
	s := newStore(t)
	path := pack(t, "v1", nil)
	if _, err := s.Unpack(context.Background(), path, UnpackOptions{}); err == nil || !strings.Contains(err.Error(), "checksums.txt") {
		t.Errorf("without a hash: %v", err)
	}
	if _, err := s.Unpack(context.Background(), path, UnpackOptions{SHA256: strings.Repeat("0", 64), AllowUnverified: true}); err == nil || !strings.Contains(err.Error(), "not what was published") {
		t.Errorf("with a wrong one: %v", err)
	}
	if _, err := s.Unpack(context.Background(), path, UnpackOptions{SHA256: strings.ToUpper(sumOf(t, path))}); err != nil {
		t.Error(err)
	}
	if _, err := unverified(s, pack(t, "v1", func(c map[string]string) { c["docs/a.txt"] = "other" })); err == nil || !strings.Contains(err.Error(), "tag of its own") {
		t.Errorf("the same tag with other files: %v", err)
	}
}

func TestABombIsStopped(t *testing.T) {
	s := newStore(t)
	path := pack(t, "v1", func(c map[string]string) { c["zeros"] = strings.Repeat("\x00", 50<<20) })
	// The archive says ten bytes and holds fifty megabytes.
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	reader, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	reader.Close()
	at := strings.LastIndex(string(data), "zeros") - 46 + 24 // uncompressed size in the directory
	copy(data[at:], []byte{10, 0, 0, 0})
	os.WriteFile(path, data, 0o644)
	if _, err := unverified(s, path); err == nil {
		t.Error("unpacked")
	}
}

func TestThePointer(t *testing.T) {
	s := newStore(t)
	if tag, err := s.Current(); tag != "" || err != nil {
		t.Errorf("%q %v", tag, err)
	}
	if err := s.SetCurrent("v1.2-3"); err != nil {
		t.Fatal(err)
	}
	if tag, err := s.Current(); tag != "v1.2-3" || err != nil {
		t.Errorf("%q %v", tag, err)
	}
	for _, bad := range []string{"", "../v1", "v1\nv2", "\x00\x00\x00", ".v1", "v/1"} {
		os.WriteFile(s.Root.Pointer(), []byte(bad), 0o644)
		if tag, err := s.Current(); err == nil {
			t.Errorf("%q was taken for %q", bad, tag)
		}
		if s.SetCurrent(bad) == nil {
			t.Errorf("%q was written", bad)
		}
	}
}

func TestRecordsFallbackAndPruning(t *testing.T) {
	s := newStore(t)
	for _, tag := range []string{"v1", "v2", "v3", "v4", "v5"} {
		if _, err := unverified(s, pack(t, tag, nil)); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{s.MarkStable("v1"), s.MarkStable("v2"), s.MarkBad("v2"), s.SetCurrent("v3")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Fallback("v3"); got != "v1" {
		t.Errorf("fallback %q", got)
	}
	if err := s.Prune(1); err != nil {
		t.Fatal(err)
	}
	if tags, _ := s.Tags(); !slices.Equal(tags, []string{"v1", "v3", "v5"}) {
		t.Errorf("%v", tags)
	}
	os.WriteFile(s.recordPath(), []byte("{half"), 0o644)
	if record, err := s.Record(); err == nil || len(record.Proven) != 0 {
		t.Errorf("a damaged record: %v %v", record, err)
	}
	if err := s.MarkStable("v3"); err != nil {
		t.Error(err)
	}
}
