// Package probe asks a program again and again whether it is well.
package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"gopack.dev/guard/internal/config"
)

// Check asks once; nil means well. It ends when the context does.
type Check func(ctx context.Context) error

// RunCommand runs a command to its end; an error means that it did not end with 0.
type RunCommand func(ctx context.Context, command []string) error

// NewCheck makes the question a probe asks. expand replaces placeholders in paths and commands.
func NewCheck(p config.Probe, expand func(string) string, run RunCommand) Check {
	switch {
	case p.HTTPGet != nil:
		return httpCheck(*p.HTTPGet)
	case p.TCPSocket != nil:
		return tcpCheck(*p.TCPSocket)
	case p.Heartbeat != nil:
		return heartbeatCheck(expand(p.Heartbeat.File), p.Heartbeat.MaxAgeSec.Duration())
	}
	command := make([]string, len(p.Exec.Command))
	for i, part := range p.Exec.Command {
		command[i] = expand(part)
	}
	return func(ctx context.Context) error { return run(ctx, command) }
}

// httpCheck opens a connection of its own each time: a connection kept open would hide a program that accepts no more.
func httpCheck(h config.HTTPGet) Check {
	address := h.Scheme + "://" + net.JoinHostPort(h.Host, strconv.Itoa(h.Port)) + h.Path
	client := &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true, Proxy: nil},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return fmt.Errorf("the address of the probe: %w", err)
		}
		for name, value := range h.Headers {
			if http.CanonicalHeaderKey(name) == "Host" {
				request.Host = value
			}
			request.Header.Set(name, value)
		}
		response, err := client.Do(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10))
		if response.StatusCode < 200 || response.StatusCode >= 400 {
			return fmt.Errorf("%s answers %s", address, response.Status)
		}
		return nil
	}
}

func tcpCheck(t config.TCPSocket) Check {
	address := net.JoinHostPort(t.Host, strconv.Itoa(t.Port))
	return func(ctx context.Context) error {
		var dialer net.Dialer
		connection, err := dialer.DialContext(ctx, "tcp", address)
		if err != nil {
			return err
		}
		return connection.Close()
	}
}

// heartbeatCheck measures the age from when a change was first seen, so that a jumping clock does not matter.
func heartbeatCheck(file string, maxAge time.Duration) Check {
	var last time.Time
	seen := time.Now()
	return func(context.Context) error {
		info, err := os.Stat(file)
		if err == nil && !info.ModTime().Equal(last) {
			last, seen = info.ModTime(), time.Now()
			return nil
		}
		if age := time.Since(seen); age > maxAge {
			return fmt.Errorf("%s has not been touched for %s", file, age.Round(time.Millisecond))
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
}
