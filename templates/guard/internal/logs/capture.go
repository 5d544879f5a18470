// Package logs keeps what a program writes: without ever holding the program up, and within limits of size and age.
package logs

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
)

const (
	chunkSize = 64 << 10
	// What waits for the disk at most; beyond it whole lines are dropped.
	queueSize = 16 << 20
)

// Capture takes the output of one program after another and writes it with one writer.
type Capture struct {
	out     io.Writer
	mutex   sync.Mutex
	wake    *sync.Cond
	queue   []batch
	queued  int
	lost    int  // lines not written since the last marker
	failing bool // the last write failed
	closed  bool
	done    chan struct{}
	dropped atomic.Int64
}

// batch is whole lines, and how many were lost right before them.
type batch struct {
	lines []byte
	lost  int
}

var newline = []byte("\n")

// NewCapture writes to out from a goroutine of its own; errors of out lose lines, never time.
func NewCapture(out io.Writer) *Capture {
	c := &Capture{out: out, done: make(chan struct{})}
	c.wake = sync.NewCond(&c.mutex)
	go c.write()
	return c
}

// Dropped is how many lines were lost since the guard started.
func (c *Capture) Dropped() int64 { return c.dropped.Load() }

// Stream is the way of one program's output.
type Stream struct {
	// Write goes to the program; the caller closes its copy once the program has one.
	Write *os.File
	// Ring is the end of what this program wrote.
	Ring *Ring
	// Drained is closed when everybody who could write has ended and all was read.
	Drained <-chan struct{}
}

// Stream makes the way for one more program.
func (c *Capture) Stream() (*Stream, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("making a pipe for the program's output: %w", err)
	}
	enlarge(read)
	done := make(chan struct{})
	s := &Stream{write, &Ring{}, done}
	go func() {
		defer close(done)
		defer read.Close()
		c.read(read, s.Ring)
	}()
	return s, nil
}

func (c *Capture) read(from io.Reader, ring *Ring) {
	take := func(lines []byte) {
		ring.Add(lines)
		c.add(lines)
	}
	buffer := make([]byte, 0, 2*chunkSize)
	for {
		n, err := from.Read(buffer[len(buffer) : len(buffer)+chunkSize])
		buffer = buffer[:len(buffer)+n]
		end := bytes.LastIndexByte(buffer, '\n') + 1
		switch {
		case end > 0:
			take(buffer[:end])
			buffer = append(buffer[:0], buffer[end:]...)
		case len(buffer) >= chunkSize || err != nil && len(buffer) > 0:
			// A line too long, or the last one without an end.
			take(append(buffer, '\n'))
			buffer = buffer[:0]
		}
		if err != nil {
			if len(buffer) > 0 {
				take(append(buffer, '\n'))
			}
			return
		}
	}
}

// add takes whole lines; the caller may use the memory again.
func (c *Capture) add(lines []byte) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.queued+len(lines) > queueSize {
		c.lose(bytes.Count(lines, newline))
		return
	}
	c.queue = append(c.queue, batch{bytes.Clone(lines), c.lost})
	c.lost = 0
	c.queued += len(lines)
	c.wake.Signal()
}

func (c *Capture) lose(lines int) {
	c.lost += lines
	c.dropped.Add(int64(lines))
}

func (c *Capture) write() {
	defer close(c.done)
	for {
		next, ok := c.next()
		if !ok {
			return
		}
		if next.lost > 0 {
			marker := fmt.Appendf(nil, "[guard] %d lines lost here: the disk could not follow\n", next.lost)
			if _, err := c.out.Write(marker); err != nil {
				c.failed(next)
				continue
			}
			next.lost = 0
		}
		if _, err := c.out.Write(next.lines); err != nil {
			c.failed(next)
		} else {
			c.mutex.Lock()
			c.failing = false
			c.mutex.Unlock()
		}
	}
}

// failed counts what could not be written; the marker waits for the next lines, so a full disk is not asked in a loop.
func (c *Capture) failed(b batch) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.failing = true
	c.lose(bytes.Count(b.lines, newline))
	if len(c.queue) > 0 {
		c.queue[0].lost += b.lost + c.lost
		c.lost = 0
	} else {
		c.lost += b.lost
	}
}

// next waits for lines, or gives a marker alone when nothing follows a loss.
func (c *Capture) next() (batch, bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for {
		switch {
		case len(c.queue) > 0:
			first := c.queue[0]
			c.queue[0] = batch{}
			c.queue = c.queue[1:]
			c.queued -= len(first.lines)
			return first, true
		case c.lost > 0 && !c.failing:
			lost := c.lost
			c.lost = 0
			return batch{lost: lost}, true
		case c.closed:
			return batch{}, false
		}
		c.wake.Wait()
	}
}

// Close writes what is queued and ends. Streams that are still open are not waited for.
func (c *Capture) Close() {
	c.mutex.Lock()
	c.closed = true
	c.wake.Signal()
	c.mutex.Unlock()
	<-c.done
}
