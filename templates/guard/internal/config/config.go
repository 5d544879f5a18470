// Package config reads guard.json: strictly, with every fault named by file, line and column.
package config

import "time"

// Schema is the newest format of guard.json this guard knows.
const Schema = 1

// Config is what guard.json says, with defaults filled in.
type Config struct {
	Schema           int              `json:"schema"`
	Name             string           `json:"name"`
	DisplayName      string           `json:"displayName"`
	Description      string           `json:"description"`
	Version          string           `json:"version"`
	Tag              string           `json:"tag"`
	Program          string           `json:"program"`
	Args             []string         `json:"args"`
	Environment      map[string]Value `json:"environment"`
	WorkingDirectory string           `json:"workingDirectory"`

	Restart               string            `json:"restart"`
	RestartSec            Seconds           `json:"restartSec"`
	RestartSteps          int               `json:"restartSteps"`
	RestartMaxDelaySec    Seconds           `json:"restartMaxDelaySec"`
	StartLimitBurst       int               `json:"startLimitBurst"`
	StartLimitIntervalSec Seconds           `json:"startLimitIntervalSec"`
	ExitCodes             map[string]string `json:"exitCodes"`
	TimeoutStopSec        Seconds           `json:"timeoutStopSec"`
	Stop                  Stop              `json:"stop"`
	HealthWindowSec       Seconds           `json:"healthWindowSec"`
	Rollback              string            `json:"rollback"`

	StartupProbe   *Probe `json:"startupProbe"`
	ReadinessProbe *Probe `json:"readinessProbe"`
	LivenessProbe  *Probe `json:"livenessProbe"`

	Logs     Logs     `json:"logs"`
	Evidence Evidence `json:"evidence"`
	Service  Service  `json:"service"`
}

// Stop says how the program is asked to end; without either it gets a console event (Windows) or SIGTERM.
type Stop struct {
	HTTP *StopHTTP `json:"http"`
	Exec []string  `json:"exec"`
}

// StopHTTP is a request that makes the program end.
type StopHTTP struct {
	URL    string `json:"url"`
	Method string `json:"method"`
}

func (s *StopHTTP) setDefaults() { s.Method = "POST" }

// Probe is one question asked again and again. Exactly one of the four kinds is set.
type Probe struct {
	HTTPGet             *HTTPGet   `json:"httpGet"`
	TCPSocket           *TCPSocket `json:"tcpSocket"`
	Exec                *Exec      `json:"exec"`
	Heartbeat           *Heartbeat `json:"heartbeat"`
	InitialDelaySeconds Seconds    `json:"initialDelaySeconds"`
	PeriodSeconds       Seconds    `json:"periodSeconds"`
	TimeoutSeconds      Seconds    `json:"timeoutSeconds"`
	FailureThreshold    int        `json:"failureThreshold"`
	SuccessThreshold    int        `json:"successThreshold"`
}

func (p *Probe) setDefaults() {
	p.PeriodSeconds, p.TimeoutSeconds = seconds(10), seconds(1)
	p.FailureThreshold, p.SuccessThreshold = 3, 1
}

// HTTPGet succeeds on a status from 200 to 399.
type HTTPGet struct {
	Scheme  string            `json:"scheme"`
	Host    string            `json:"host"`
	Port    int               `json:"port"`
	Path    string            `json:"path"`
	Headers map[string]string `json:"headers"`
}

func (h *HTTPGet) setDefaults() { h.Scheme, h.Host, h.Path = "http", "127.0.0.1", "/" }

// TCPSocket succeeds when a connection opens.
type TCPSocket struct {
	Host string `json:"host"`
	Port int    `json:"port"`
}

func (t *TCPSocket) setDefaults() { t.Host = "127.0.0.1" }

// Exec succeeds when the command ends with 0.
type Exec struct {
	Command []string `json:"command"`
}

// Heartbeat succeeds while the program keeps touching a file.
type Heartbeat struct {
	File      string  `json:"file"`
	MaxAgeSec Seconds `json:"maxAgeSec"`
}

func (h *Heartbeat) setDefaults() { h.MaxAgeSec = seconds(30) }

// Logs bounds what is kept of the program's output.
type Logs struct {
	MaxSizeMB int     `json:"maxSizeMB"`
	MaxAgeSec Seconds `json:"maxAgeSec"`
	TotalMB   int     `json:"totalMB"`
	Days      int     `json:"days"`
	Compress  bool    `json:"compress"`
}

// Evidence bounds what is kept of incidents, and names the program's pprof address.
type Evidence struct {
	QuotaMB int    `json:"quotaMB"`
	PProf   string `json:"pprof"`
}

// Service is what the service manager is told.
type Service struct {
	Start        string   `json:"start"`
	Account      string   `json:"account"`
	Dependencies []string `json:"dependencies"`
}

// Defaults is the configuration before any file is read.
func Defaults() Config {
	return Config{
		Schema:                Schema,
		WorkingDirectory:      "{data}",
		Restart:               "always",
		RestartSec:            seconds(1),
		RestartSteps:          4,
		RestartMaxDelaySec:    seconds(30),
		StartLimitBurst:       5,
		StartLimitIntervalSec: seconds(300),
		TimeoutStopSec:        seconds(20),
		HealthWindowSec:       seconds(60),
		Rollback:              "auto",
		Logs:                  Logs{MaxSizeMB: 64, MaxAgeSec: seconds(86400), TotalMB: 1024, Days: 7, Compress: true},
		Evidence:              Evidence{QuotaMB: 256},
		Service:               Service{Start: "auto"},
	}
}

func seconds(n int) Seconds { return Seconds(time.Duration(n) * time.Second) }
