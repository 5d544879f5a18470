package config

import (
	"fmt"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// TagPattern is what a tag may look like; it becomes the name of a folder.
var TagPattern = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]*$`)

var namePattern = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]{0,79}$`)

// rules collects faults that need more than one look at one value.
type rules struct {
	file     string
	loaded   Loaded
	problems Problems
}

func check(file string, loaded Loaded) Problems {
	r := &rules{file: file, loaded: loaded}
	r.identity()
	r.restarts()
	r.exitCodes()
	r.stop()
	r.probe("startupProbe", loaded.StartupProbe)
	r.probe("readinessProbe", loaded.ReadinessProbe)
	r.probe("livenessProbe", loaded.LivenessProbe)
	r.storage()
	return r.problems
}

// complain names the place of the setting, or the file as a whole when the value is a default.
func (r *rules) complain(setting, format string, args ...any) {
	problem := Problem{File: r.file, Path: setting, Message: fmt.Sprintf(format, args...)}
	if source := r.loaded.Sources[setting]; source != "" {
		problem.File, problem.Line, problem.Column = splitSource(source)
	}
	r.problems = append(r.problems, problem)
}

func splitSource(source string) (file string, line, column int) {
	rest, last := cutLast(source)
	file, middle := cutLast(rest)
	line, _ = strconv.Atoi(middle)
	column, _ = strconv.Atoi(last)
	return file, line, column
}

func cutLast(text string) (before, after string) {
	colon := strings.LastIndexByte(text, ':')
	return text[:colon], text[colon+1:]
}

func (r *rules) oneOf(setting, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		r.complain(setting, "%q is none of %s", value, strings.Join(allowed, ", "))
	}
}

func (r *rules) identity() {
	c := r.loaded
	if c.Schema < 1 || c.Schema > Schema {
		r.complain("schema", "this guard reads formats up to %d; deploy a newer guard first", Schema)
	}
	if !namePattern.MatchString(c.Name) {
		r.complain("name", "1 to 80 letters, digits, dots, dashes and underscores are wanted, not %q", c.Name)
	}
	if c.Tag != "" && !TagPattern.MatchString(c.Tag) {
		r.complain("tag", "letters, digits, dots, dashes and underscores are wanted, not %q", c.Tag)
	}
	if !IsLocal(c.Program) {
		r.complain("program", "a path below the version's own folder is wanted, not %q", c.Program)
	}
	for name := range c.Environment {
		if name == "" || strings.ContainsAny(name, "=\x00") {
			r.complain(join("environment", name), "not a name of an environment variable")
		}
	}
	for name, value := range c.Environment {
		if value.File != "" && !IsLocal(value.File) {
			r.complain(join("environment", name), "a path below the root folder is wanted, not %q", value.File)
		}
	}
	r.oneOf("service.start", c.Service.Start, "auto", "delayed", "manual")
}

// IsLocal tells whether a path with slashes stays inside the folder it is put behind, on Windows as well.
func IsLocal(name string) bool {
	if name == "" || strings.ContainsAny(name, "\\:\x00") || path.IsAbs(name) || path.Clean(name) != name {
		return false
	}
	return name != "." && name != ".." && !strings.HasPrefix(name, "../")
}

func (r *rules) restarts() {
	c := r.loaded
	r.oneOf("restart", c.Restart, "no", "on-failure", "on-abnormal", "always")
	r.oneOf("rollback", c.Rollback, "auto", "never")
	if c.RestartSteps < 0 || c.RestartSteps > 1000 {
		r.complain("restartSteps", "0 to 1000 steps are possible")
		return
	}
	if _, set := r.loaded.Sources["restartMaxDelaySec"]; set && c.RestartSteps == 0 {
		r.complain("restartMaxDelaySec", "without restartSteps the delay never grows, so this would be ignored")
	}
	if c.RestartSteps > 0 && c.RestartMaxDelaySec < c.RestartSec {
		r.complain("restartMaxDelaySec", "smaller than restartSec (%s s)", text(c.RestartSec))
	}
	if c.StartLimitBurst < 1 || c.StartLimitBurst > 1_000_000 {
		r.complain("startLimitBurst", "1 to 1000000 failures are possible")
		return
	}
	// The first failure restarts at once, so burst failures have burst-2 delays between them that count.
	var total time.Duration
	for failures := 1; failures < c.StartLimitBurst && total < c.StartLimitIntervalSec.Duration(); failures++ {
		total += Delay(c.Config, failures)
	}
	if total >= c.StartLimitIntervalSec.Duration() {
		r.complain("startLimitIntervalSec", "%d failures cannot fall into %s s, as the delays between them (restartSec, restartMaxDelaySec) are longer: the limit would never be reached",
			c.StartLimitBurst, text(c.StartLimitIntervalSec))
	}
	if c.HealthWindowSec <= 0 {
		r.complain("healthWindowSec", "more than 0 s are wanted")
	}
	if c.TimeoutStopSec <= 0 {
		r.complain("timeoutStopSec", "more than 0 s are wanted")
	}
}

// Delay is how long to wait before the start that follows the given number of failures: nothing after the first,
// then from restartSec to restartMaxDelaySec in restartSteps equal ratios, as systemd does.
func Delay(c Config, failures int) time.Duration {
	first, last := c.RestartSec.Duration(), c.RestartMaxDelaySec.Duration()
	step := failures - 2
	switch {
	case failures < 2:
		return 0
	case c.RestartSteps == 0 || step == 0:
		return first
	case step >= c.RestartSteps:
		return last
	}
	from := max(first, time.Millisecond)
	ratio := math.Pow(float64(last)/float64(from), float64(step)/float64(c.RestartSteps))
	return min(last, time.Duration(float64(from)*ratio))
}

func text(s Seconds) string { return strconv.FormatFloat(s.Duration().Seconds(), 'f', -1, 64) }
