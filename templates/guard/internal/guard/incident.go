package guard

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"gopack.dev/guard/internal/evidence"
	"gopack.dev/guard/internal/supervise"
)

// captureHang looks at the hung program while it is alive, within a deadline; then it may be ended.
func (g *Guard) captureHang(e supervise.Capture) {
	p, pprof := g.program, g.program.config.Evidence.PProf
	p.stopProbes()
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), evidenceTimeout)
		defer cancel()
		var pieces []evidence.Piece
		if pprof != "" {
			for _, profile := range []struct{ name, path string }{{"goroutines.txt", "goroutine?debug=2"}, {"heap.pprof", "heap"}} {
				pieces = append(pieces, fetched(ctx, profile.name, "http://"+pprof+"/debug/pprof/"+profile.path))
			}
		}
		p.keep(g.view.lastCause(), append(pieces, g.surroundings()...))
		askForTraceback(ctx, p)
		select {
		case g.events <- supervise.Captured{Run: e.Run}:
		case <-p.Done():
		}
	}()
}

// fetched gets a profile now and keeps what came until the deadline.
func fetched(ctx context.Context, name, url string) evidence.Piece {
	var data bytes.Buffer
	err := fetch(ctx, url, &data)
	return evidence.Piece{Name: name, Collect: func(_ context.Context, w io.Writer) error {
		if _, err := w.Write(data.Bytes()); err != nil {
			return err
		}
		return err
	}}
}

func fetch(ctx context.Context, url string, to io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", url, response.Status)
	}
	_, err = io.Copy(to, io.LimitReader(response.Body, 64<<20))
	return err
}

// writeIncident runs after the next program was started.
func (g *Guard) writeIncident(e supervise.WriteIncident) {
	last := g.last
	if last == nil {
		return
	}
	kind := string(e.Cause)
	cause, captured := last.kept()
	if e.Cause == supervise.CauseNone {
		kind = "crash"
	}
	incident := evidence.Incident{Time: last.exit.At.UTC(), Service: g.config.Name, Tag: last.tag, Kind: kind, PID: last.PID,
		ExitCode: last.exit.Code, Signal: last.exit.Signal, UptimeSec: last.exit.At.Sub(last.Started).Seconds(),
		CommandLine: slices.Clone(last.command), Cause: cause, Next: e.Next}
	for i, argument := range incident.CommandLine {
		incident.CommandLine[i] = mask(argument, last.secrets)
	}
	tail := evidence.Piece{Name: "output.log", Collect: func(ctx context.Context, w io.Writer) error {
		select {
		case <-last.stream.Drained:
		case <-time.After(time.Second):
		}
		_, err := io.WriteString(w, mask(string(last.stream.Ring.Snapshot()), last.secrets))
		return err
	}}
	pieces := append([]evidence.Piece{tail}, captured...)
	if captured == nil {
		pieces = append(pieces, g.surroundings()...)
	}
	incident.Panic = last.stream.Ring.Crashed()
	g.record(incident, pieces)
}

// record hands an incident to the worker. The log has it even when the folder cannot be written.
func (g *Guard) record(incident evidence.Incident, pieces []evidence.Piece) {
	job := func() {
		incident.ID = g.evidence.NewID(incident.Time, incident.Kind)
		ctx, cancel := context.WithTimeout(context.Background(), evidenceTimeout)
		defer cancel()
		g.log.Error("incident", "incident_id", incident.ID, "version", incident.Tag, "pid", incident.PID, "kind", incident.Kind,
			"exit_code", incident.ExitCode, "signal", incident.Signal, "uptime_sec", incident.UptimeSec, "cause", incident.Cause, "next", incident.Next)
		if err := g.evidence.Write(ctx, incident, pieces); err != nil {
			g.report(err)
			return
		}
		g.view.incident(incident.ID)
	}
	if !g.later(job) {
		g.log.Error("too many incidents at once: one was not written", "kind", incident.Kind, "pid", incident.PID)
	}
}

// mask takes secrets out of what is shown.
func mask(text string, secrets []string) string {
	for _, secret := range secrets {
		text = strings.ReplaceAll(text, secret, "***")
	}
	return text
}
