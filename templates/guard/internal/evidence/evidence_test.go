package evidence

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func store(t *testing.T, quota int64) Store { return Store{Folder: t.TempDir(), Quota: quota} }

func (s Store) must(t *testing.T, ctx context.Context, kind string, pieces ...Piece) Incident {
	t.Helper()
	id := s.NewID(time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC), kind)
	if err := s.Write(ctx, Incident{ID: id, Kind: kind}, pieces); err != nil {
		t.Fatal(err)
	}
	incident, err := s.Read(id)
	if err != nil {
		t.Fatal(err)
	}
	return incident
}

func TestAnIncidentHoldsWhatItsManifestSays(t *testing.T) {
	s := store(t, 1<<20)
	incident := s.must(t, context.Background(), "crash", Text("a.txt", []byte("hello")),
		Piece{"b.txt", func(context.Context, io.Writer) error { return errors.New("not to be had") }})
	sum := sha256.Sum256([]byte("hello"))
	if got := incident.Files["a.txt"]; got.SHA256 != hex.EncodeToString(sum[:]) || got.Size != 5 {
		t.Errorf("%+v", got)
	}
	if _, there := incident.Files["b.txt"]; there || len(incident.Partial) != 1 || !strings.Contains(incident.Partial[0], "not to be had") {
		t.Errorf("%+v", incident)
	}
	if incident.ID != "20260102T030405006Z-crash" {
		t.Errorf("id %s", incident.ID)
	}
	if second := s.must(t, context.Background(), "crash"); second.ID != incident.ID+"-2" {
		t.Errorf("id %s", second.ID)
	}
	if third := s.must(t, context.Background(), "crash"); third.ID != incident.ID+"-3" {
		t.Errorf("id %s", third.ID)
	}
	if ids, _ := s.IDs(); len(ids) != 3 {
		t.Errorf("%v", ids)
	}
}

func TestWhatComesTooLateIsNamed(t *testing.T) {
	s := store(t, 1<<20)
	ctx, cancel := context.WithCancel(context.Background())
	incident := s.must(t, ctx, "hang", Piece{"slow.txt", func(ctx context.Context, w io.Writer) error {
		io.WriteString(w, "half")
		cancel()
		_, err := io.WriteString(w, "never")
		return err
	}}, Text("after.txt", []byte("x")))
	if incident.Files["slow.txt"].Size != 4 || len(incident.Partial) != 2 {
		t.Errorf("%+v", incident)
	}
}

func TestTheQuotaIsNeverExceeded(t *testing.T) {
	const quota = 400 << 10
	s := store(t, quota)
	for i := range 30 {
		s.must(t, context.Background(), "crash", Text("big.txt", bytes.Repeat([]byte("x"), i*20<<10)))
		ids, _ := s.IDs()
		total := int64(0)
		for _, id := range ids {
			total += sizeOf(filepath.Join(s.Folder, id))
		}
		if total > quota {
			t.Fatalf("%d bytes after %d incidents", total, i+1)
		}
		if len(ids) < min(i+1, 4) {
			t.Fatalf("only %d of %d incidents are left", len(ids), i+1)
		}
	}
	if left, _ := os.ReadDir(s.Folder); len(left) > 10 {
		t.Errorf("%d folders", len(left))
	}
}

func TestExportLeavesDumpsAndLinksOut(t *testing.T) {
	s := store(t, 1<<20)
	incident := s.must(t, context.Background(), "hang", Text("a.txt", []byte("a")), Text("memory.dmp", []byte("secret")))
	names := func(dumps bool) string {
		target := filepath.Join(t.TempDir(), "out.zip")
		if err := s.Export(incident.ID, target, dumps); err != nil {
			t.Fatal(err)
		}
		archive, err := zip.OpenReader(target)
		if err != nil {
			t.Fatal(err)
		}
		defer archive.Close()
		var list []string
		for _, file := range archive.File {
			list = append(list, file.Name)
		}
		return strings.Join(list, " ")
	}
	if got := names(false); got != "manifest.json a.txt" {
		t.Errorf("%s", got)
	}
	if got := names(true); got != "manifest.json a.txt memory.dmp" {
		t.Errorf("%s", got)
	}
	planted := filepath.Join(s.Folder, incident.ID, "a.txt")
	os.Remove(planted)
	os.Symlink("/etc/passwd", planted)
	if err := s.Export(incident.ID, filepath.Join(t.TempDir(), "out.zip"), false); err == nil {
		t.Error("a planted link was followed")
	}
	for _, id := range []string{"../" + incident.ID, "..", "", "20260102T030405006Z-other"} {
		if _, err := s.Read(id); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q: %v", id, err)
		}
	}
}
