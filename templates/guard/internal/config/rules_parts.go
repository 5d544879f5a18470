package config

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

func (r *rules) stop() {
	s := r.loaded.Stop
	if s.HTTP != nil && len(s.Exec) > 0 {
		r.complain("stop", "http and exec cannot both be used")
	}
	if s.HTTP != nil {
		if problem := badURL(s.HTTP.URL); problem != "" {
			r.complain("stop.http.url", "%s", problem)
		}
	}
}

func badURL(text string) string {
	parsed, err := url.Parse(text)
	switch {
	case err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https":
		return "an http or https address is wanted"
	case parsed.User != nil:
		return "an address must not hold a password"
	}
	return ""
}

func (r *rules) probe(setting string, p *Probe) {
	if p == nil {
		return
	}
	kinds := 0
	for _, set := range []bool{p.HTTPGet != nil, p.TCPSocket != nil, p.Exec != nil, p.Heartbeat != nil} {
		if set {
			kinds++
		}
	}
	if kinds != 1 {
		r.complain(setting, "exactly one of httpGet, tcpSocket, exec and heartbeat is wanted")
	}
	if p.HTTPGet != nil {
		r.port(setting+".httpGet", p.HTTPGet.Port)
		r.oneOf(setting+".httpGet.scheme", p.HTTPGet.Scheme, "http", "https")
	}
	if p.TCPSocket != nil {
		r.port(setting+".tcpSocket", p.TCPSocket.Port)
	}
	if p.Exec != nil && len(p.Exec.Command) == 0 {
		r.complain(setting+".exec", "the command is missing")
	}
	if p.Heartbeat != nil && p.Heartbeat.File == "" {
		r.complain(setting+".heartbeat", "the file is missing")
	}
	if p.PeriodSeconds <= 0 || p.TimeoutSeconds <= 0 {
		r.complain(setting, "periodSeconds and timeoutSeconds must be more than 0")
	}
	if p.FailureThreshold < 1 || p.SuccessThreshold < 1 {
		r.complain(setting, "failureThreshold and successThreshold must be at least 1")
	}
	if setting != "readinessProbe" && p.SuccessThreshold > 1 {
		r.complain(setting+".successThreshold", "must be 1 here: one good answer is enough")
	}
}

func (r *rules) port(setting string, port int) {
	if port < 1 || port > 65535 {
		r.complain(setting+".port", "a port from 1 to 65535 is wanted")
	}
}

func (r *rules) storage() {
	l := r.loaded.Logs
	if l.MaxSizeMB < 1 || l.TotalMB < 1 || l.Days < 1 || l.MaxAgeSec <= 0 {
		r.complain("logs", "every limit must be more than 0")
	} else if l.TotalMB < 2*l.MaxSizeMB && r.loaded.Sources["logs.totalMB"] != "" {
		r.complain("logs.totalMB", "less than two files of maxSizeMB (%d): nothing would be kept at a rotation", l.MaxSizeMB)
	}
	if r.loaded.Evidence.QuotaMB < 1 {
		r.complain("evidence.quotaMB", "at least 1 is wanted")
	}
}

// ExitCodeRange is a line of the exit-code map: what to do on codes From to To.
type ExitCodeRange struct {
	From, To uint32
	Action   string
}

func (r *rules) exitCodes() {
	ranges, err := ExitCodeRanges(r.loaded.Config)
	if err != nil {
		r.complain("exitCodes", "%v", err)
		return
	}
	for i, one := range ranges {
		if i > 0 && one.From <= ranges[i-1].To {
			r.complain("exitCodes", "%d is there twice", one.From)
		}
	}
}

// ExitCodeRanges reads the exit-code map, in the order of the codes. Keys are "3", "10-19" or "0xC0000005".
func ExitCodeRanges(c Config) ([]ExitCodeRange, error) {
	actions := []string{"restart", "stop", "rollback", "quarantine"}
	var ranges []ExitCodeRange
	for key, action := range c.ExitCodes {
		first, last, isRange := strings.Cut(key, "-")
		if !isRange {
			last = first
		}
		from, errFrom := strconv.ParseUint(first, 0, 32)
		to, errTo := strconv.ParseUint(last, 0, 32)
		if errors.Join(errFrom, errTo) != nil || to < from {
			return nil, fmt.Errorf("%q is no exit code and no range of them", key)
		}
		if !slices.Contains(actions, action) {
			return nil, fmt.Errorf("%q for %s is none of %s", action, key, strings.Join(actions, ", "))
		}
		ranges = append(ranges, ExitCodeRange{uint32(from), uint32(to), action})
	}
	slices.SortFunc(ranges, func(a, b ExitCodeRange) int {
		if a.From < b.From {
			return -1
		}
		return 1
	})
	return ranges, nil
}
