package logs

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// gate is a disk that can be stopped and made to fail.
type gate struct {
	mutex  sync.Mutex
	data   bytes.Buffer
	err    error
	closed sync.Mutex // held while nothing gets through
}

func (g *gate) Write(data []byte) (int, error) {
	g.closed.Lock()
	defer g.closed.Unlock()
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.err != nil {
		return 0, g.err
	}
	return g.data.Write(data)
}

func (g *gate) fail(err error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.err = err
}

func TestNothingIsLostWhileTheDiskFollows(t *testing.T) {
	disk := &gate{}
	capture := NewCapture(disk)
	stream, err := capture.Stream()
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	for i := range 20_000 {
		fmt.Fprintf(&want, "line %d %s\n", i, strings.Repeat("x", i%300))
	}
	want.WriteString("half a line")
	stream.Write.Write(want.Bytes())
	stream.Write.Close()
	<-stream.Drained
	capture.Close()
	if got := disk.data.String(); got != want.String()+"\n" {
		t.Errorf("%d bytes instead of %d", len(got), want.Len()+1)
	}
}

func TestAStoppedDiskNeverHoldsTheProgramUp(t *testing.T) {
	disk := &gate{}
	disk.closed.Lock()
	capture := NewCapture(disk)
	stream, err := capture.Stream()
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("x", 99) + "\n"
	const lines = 3 * queueSize / 100
	for range lines / 100 { // would hang here if anything waited for the disk
		io.WriteString(stream.Write, strings.Repeat(line, 100))
	}
	stream.Write.Close()
	<-stream.Drained
	disk.closed.Unlock()
	capture.Close()
	lost := capture.Dropped()
	text := disk.data.String()
	told := int64(0)
	for _, marker := range regexp.MustCompile(`(?m)^\[guard\] (\d+) lines lost here`).FindAllStringSubmatch(text, -1) {
		n, _ := strconv.ParseInt(marker[1], 10, 64)
		told += n
	}
	if lost == 0 || told != lost {
		t.Errorf("lost %d, told %d", lost, told)
	}
	if kept := int64(strings.Count(text, line)); kept+lost != lines/100*100 {
		t.Errorf("%d kept and %d lost of %d", kept, lost, lines)
	}
}

func TestAFullDiskIsToldOnceThereIsRoom(t *testing.T) {
	disk := &gate{}
	disk.fail(errors.New("no space left"))
	capture := NewCapture(disk)
	capture.add([]byte("one\ntwo\n"))
	for end := time.Now().Add(30 * time.Second); capture.Dropped() < 2 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	disk.fail(nil)
	capture.add([]byte("three\n"))
	capture.Close()
	if got := disk.data.String(); got != "[guard] 2 lines lost here: the disk could not follow\nthree\n" {
		t.Errorf("%q", got)
	}
}

func TestALineWithoutAnEndIsCut(t *testing.T) {
	disk := &gate{}
	capture := NewCapture(disk)
	stream, err := capture.Stream()
	if err != nil {
		t.Fatal(err)
	}
	stream.Write.Write(bytes.Repeat([]byte("x"), 10<<20))
	stream.Write.Close()
	<-stream.Drained
	capture.Close()
	for line := range strings.Lines(disk.data.String()) {
		if len(line) > 2*chunkSize {
			t.Fatalf("a line of %d bytes", len(line))
		}
	}
	if got := strings.Count(disk.data.String(), "x"); got != 10<<20 {
		t.Errorf("%d of %d bytes", got, 10<<20)
	}
}

func TestTheRingKeepsTheEndAndTheWholeCrash(t *testing.T) {
	var ring Ring
	for i := range 60_000 {
		ring.Add(fmt.Appendf(nil, "line %d with some text\n", i))
	}
	tail := string(ring.Snapshot())
	if len(tail) > ringSize || !strings.HasPrefix(tail, "line ") || !strings.HasSuffix(tail, "line 59999 with some text\n") || ring.Crashed() {
		t.Errorf("%d bytes, begins %.40q", len(tail), tail)
	}
	ring.Add([]byte("so much for panic: not at the start\n"))
	if ring.Crashed() {
		t.Error("a panic was seen where there is none")
	}
	ring.Add([]byte("before\npanic: now\n"))
	for range 100 {
		ring.Add(bytes.Repeat([]byte("goroutine\n"), 3000))
	}
	tail = string(ring.Snapshot())
	if !ring.Crashed() || !strings.Contains(tail, "before\npanic: now\n") || !strings.HasSuffix(tail, "goroutine\n") {
		t.Errorf("%d bytes, crashed %v", len(tail), ring.Crashed())
	}
}

func rotated(t *testing.T, folder string, change func(*Limits)) *Rotated {
	t.Helper()
	limits := Limits{Size: 1000, Age: time.Hour, Total: 1 << 20, Keep: 24 * time.Hour, Compress: true}
	change(&limits)
	r, err := NewRotated(folder, "app", limits)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func write(t *testing.T, r *Rotated, text string) {
	t.Helper()
	if _, err := io.WriteString(r, text); err != nil {
		t.Fatal(err)
	}
}

// everything reads all files in the order of their names, the current one last.
func everything(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	names, _ := filepath.Glob(filepath.Join(folder, "app-*"))
	for _, name := range append(names, filepath.Join(folder, "app.log")) {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		var from io.Reader = file
		if strings.HasSuffix(name, ".gz") {
			if from, err = gzip.NewReader(file); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := io.Copy(&all, from); err != nil {
			t.Fatal(err)
		}
		file.Close()
	}
	return all.String()
}

func TestRotationBySizeLosesNothing(t *testing.T) {
	folder := t.TempDir()
	var want strings.Builder
	for range 2 { // the second one goes on where the first ended
		r := rotated(t, folder, func(*Limits) {})
		for i := range 50 {
			line := fmt.Sprintf("line %d %s\n", i, strings.Repeat("y", 90))
			write(t, r, line)
			want.WriteString(line)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := everything(t, folder); got != want.String() {
		t.Errorf("got %d bytes, want %d", len(got), want.Len())
	}
	if plain, _ := filepath.Glob(filepath.Join(folder, "app-*.log")); len(plain) > 0 {
		t.Errorf("not compressed: %v", plain)
	}
	if packed, _ := filepath.Glob(filepath.Join(folder, "app-*.log.gz")); len(packed) < 9 {
		t.Errorf("only %d files were put aside", len(packed))
	}
}

func TestRotationByAge(t *testing.T) {
	folder := t.TempDir()
	r := rotated(t, folder, func(l *Limits) { l.Compress = false })
	write(t, r, "old\n")
	r.now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	write(t, r, "new\n")
	r.Close()
	if data, _ := os.ReadFile(filepath.Join(folder, "app.log")); string(data) != "new\n" {
		t.Errorf("%q", data)
	}
}

func TestTotalAndDaysAreLimited(t *testing.T) {
	folder := t.TempDir()
	r := rotated(t, folder, func(l *Limits) { l.Compress = false; l.Total = 5000 })
	for i := range 100 {
		write(t, r, fmt.Sprintf("%03d %s\n", i, strings.Repeat("z", 495)))
	}
	r.Close()
	if err := r.prune(); err != nil {
		t.Fatal(err)
	}
	if got := len(everything(t, folder)); got > 5000 || got < 4000 {
		t.Errorf("%d bytes are kept", got)
	}
	if !strings.HasSuffix(everything(t, folder), strings.Repeat("z", 495)+"\n") {
		t.Error("the newest line is gone")
	}
	r.now = func() time.Time { return time.Now().Add(48 * time.Hour) }
	if err := r.prune(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "app-*")); len(left) != 0 {
		t.Errorf("too old, and still there: %v", left)
	}
}

func TestHalfALineOfAKilledGuardIsEnded(t *testing.T) {
	folder := t.TempDir()
	os.WriteFile(filepath.Join(folder, "app.log"), []byte("half a li"), 0o644)
	r := rotated(t, folder, func(*Limits) {})
	write(t, r, "whole\n")
	r.Close()
	if got := everything(t, folder); got != "half a li\nwhole\n" {
		t.Errorf("%q", got)
	}
}
