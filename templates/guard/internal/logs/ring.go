package logs

import (
	"bytes"
	"sync"
)

const (
	ringSize = 1 << 20
	// What follows a crash's first line is kept beyond the ring: a traceback of all goroutines is long.
	crashSize = 4 << 20
)

var crashMarks = [][]byte{[]byte("panic: "), []byte("fatal error: ")}

// Ring holds the end of the program's output in memory, for evidence.
type Ring struct {
	mutex sync.Mutex
	data  []byte // up to twice ringSize, cut back now and then
	crash []byte // from the first line of a crash on
}

// Add takes whole lines.
func (r *Ring) Add(lines []byte) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.crash != nil {
		r.crash = append(r.crash, lines[:min(len(lines), crashSize-len(r.crash))]...)
		return
	}
	if at := crashStart(lines); at >= 0 {
		r.data = append(r.data, lines[:at]...)
		r.crash = append(make([]byte, 0, 64<<10), lines[at:]...)
		return
	}
	r.data = append(r.data, lines[max(0, len(lines)-ringSize):]...)
	if len(r.data) > 2*ringSize {
		r.data = append(r.data[:0], r.data[len(r.data)-ringSize:]...)
	}
}

func crashStart(lines []byte) int {
	first := -1
	for _, mark := range crashMarks {
		for from := 0; ; {
			at := bytes.Index(lines[from:], mark)
			if at < 0 {
				break
			}
			at += from
			if at == 0 || lines[at-1] == '\n' {
				if first < 0 || at < first {
					first = at
				}
				break
			}
			from = at + 1
		}
	}
	return first
}

// Snapshot gives the end of the output.
func (r *Ring) Snapshot() []byte {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return bytes.Clone(r.tail())
}

// Crashed tells whether a Go program's panic or fatal error is in the output.
func (r *Ring) Crashed() bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.crash != nil
}

func (r *Ring) tail() []byte {
	start := max(0, len(r.data)-ringSize)
	if start > 0 {
		start += bytes.IndexByte(r.data[start:], '\n') + 1
	}
	return append(r.data[start:len(r.data):len(r.data)], r.crash...)
}
