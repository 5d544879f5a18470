package guard

import (
	"sync"
	"time"

	"gopack.dev/guard/internal/supervise"
)

// Status is what everybody may know about the service.
type Status struct {
	Schema int    `json:"schema"`
	Name   string `json:"name"`
	// State is ready, degraded, quarantine or stopped; Phase says what the guard does at the moment.
	State         string                 `json:"state"`
	Phase         string                 `json:"phase"`
	Tag           string                 `json:"tag"`
	Proven        bool                   `json:"proven"`
	PID           int                    `json:"pid,omitempty"`
	UptimeSec     float64                `json:"uptimeSec,omitempty"`
	Restarts      int                    `json:"restarts"`
	Failures      int                    `json:"failures"`
	LastIncident  string                 `json:"lastIncident,omitempty"`
	Probes        map[string]ProbeResult `json:"probes,omitempty"`
	NextAction    string                 `json:"nextAction,omitempty"`
	NextActionSec float64                `json:"nextActionSec,omitempty"`
	DroppedLines  int64                  `json:"droppedLines"`
}

// ProbeResult is the last answer of a probe.
type ProbeResult struct {
	OK    bool      `json:"ok"`
	Error string    `json:"error,omitempty"`
	Time  time.Time `json:"time"`
}

// view is what the goroutines other than the loop may see.
type view struct {
	mutex  sync.Mutex
	status Status
	wakeAt time.Duration
	since  time.Time
	cause  string
}

func (v *view) started(p *program) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.since, v.cause = p.Started, ""
	v.status.PID = p.PID
	v.status.Probes = nil
}

func (v *view) probed(name string, err error) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	probes := map[string]ProbeResult{}
	for key, value := range v.status.Probes {
		probes[key] = value
	}
	result := ProbeResult{OK: err == nil, Time: time.Now().UTC()}
	if err != nil {
		result.Error = err.Error()
	}
	probes[name] = result
	v.status.Probes = probes
}

func (v *view) hung(cause string) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.cause = cause
}

func (v *view) incident(id string) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.status.LastIncident = id
}

func (v *view) lastCause() string {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	return v.cause
}

// publish shows the state after a step.
func (g *Guard) publish() {
	s := g.state
	g.view.mutex.Lock()
	view := &g.view.status
	view.Schema, view.Name, view.Tag, view.Proven = 1, g.config.Name, s.Version.Tag, s.Version.Proven
	view.Phase, view.State = string(s.Phase), stateWord(s)
	view.Restarts, view.Failures = max(0, s.Run-1), len(s.Failures)
	view.NextAction, g.view.wakeAt = "", 0
	if s.Phase == supervise.Waiting {
		view.NextAction, g.view.wakeAt = "start", s.WakeAt
	}
	if !s.MayHaveProcess() {
		view.PID = 0
	}
	g.view.mutex.Unlock()
	if g.changed != nil {
		g.changed(s)
	}
}

func stateWord(s supervise.State) string {
	switch {
	case s.Phase == supervise.Stopped:
		return "stopped"
	case s.Quarantined:
		return "quarantine"
	case s.Phase == supervise.Running && s.Ready:
		return "ready"
	}
	return "degraded"
}

// Status is safe for all goroutines.
func (g *Guard) Status() Status {
	g.view.mutex.Lock()
	defer g.view.mutex.Unlock()
	status := g.view.status
	if status.PID != 0 {
		status.UptimeSec = time.Since(g.view.since).Seconds()
	}
	if status.NextAction != "" {
		status.NextActionSec = max(0, g.view.wakeAt-g.now()).Seconds()
	}
	status.DroppedLines = g.capture.Dropped()
	return status
}
