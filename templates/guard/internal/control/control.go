// Package control is how the command line talks to the running guard: one JSON line each way.
package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// Version is the newest form of requests this guard understands.
const Version = 1

// ErrNoGuard means that no guard listens.
var ErrNoGuard = errors.New("no guard is running here")

// Request asks for one thing.
type Request struct {
	Version int    `json:"version"`
	Verb    string `json:"verb"`
	Tag     string `json:"tag,omitempty"`
	Force   bool   `json:"force,omitempty"`
}

// Response answers it. Error is for people; empty means done.
type Response struct {
	Version int             `json:"version"`
	Error   string          `json:"error,omitempty"`
	Body    json.RawMessage `json:"body,omitempty"`
}

// Handler answers requests, each in a goroutine of its own.
type Handler func(ctx context.Context, request Request) (body any, err error)

// The verbs everybody may use; all others need the rights of an administrator.
func readsOnly(verb string) bool { return verb == "status" || verb == "ping" }

const (
	longestLine = 1 << 20
	lineTimeout = 10 * time.Second
)

// Serve answers until the context ends.
func Serve(ctx context.Context, listener net.Listener, handle Handler) error {
	stop := context.AfterFunc(ctx, func() { listener.Close() })
	defer stop()
	for {
		connection, err := listener.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if errors.Is(err, net.ErrClosed) {
			return fmt.Errorf("listening for commands: %w", err)
		}
		if err != nil {
			time.Sleep(100 * time.Millisecond) // out of files, for example: later again
			continue
		}
		go answer(ctx, connection, handle)
	}
}

func answer(ctx context.Context, connection net.Conn, handle Handler) {
	defer connection.Close()
	connection.SetReadDeadline(time.Now().Add(lineTimeout))
	var request Request
	line, err := bufio.NewReader(io.LimitReader(connection, longestLine)).ReadBytes('\n')
	if err != nil {
		return
	}
	response := Response{Version: Version}
	if err := json.Unmarshal(line, &request); err != nil {
		response.Error = "not a request"
	} else {
		response = reply(ctx, connection, request, handle)
	}
	data, err := json.Marshal(response)
	if err != nil {
		return
	}
	connection.SetWriteDeadline(time.Now().Add(lineTimeout))
	connection.Write(append(data, '\n'))
}

func reply(ctx context.Context, connection net.Conn, request Request, handle Handler) Response {
	response := Response{Version: Version}
	switch {
	case request.Version > Version:
		response.Error = fmt.Sprintf("this guard understands requests up to version %d", Version)
		return response
	case !readsOnly(request.Verb) && !mayChange(connection):
		response.Error = "only an administrator or the account of the service may do this"
		return response
	}
	body, err := handle(ctx, request)
	if err != nil {
		response.Error = err.Error()
		return response
	}
	data, err := json.Marshal(body)
	if err != nil {
		response.Error = err.Error()
	}
	response.Body = data
	return response
}

// Call sends one request to the guard of a folder. It matches ErrNoGuard when none listens.
func Call(ctx context.Context, address Address, request Request, body any) error {
	connection, err := dial(ctx, address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoGuard, err)
	}
	defer connection.Close()
	stop := context.AfterFunc(ctx, func() { connection.Close() })
	defer stop()
	request.Version = Version
	data, err := json.Marshal(request)
	if err != nil {
		return err
	}
	if _, err := connection.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("asking the guard: %w", err)
	}
	var response Response
	if err := json.NewDecoder(io.LimitReader(connection, longestLine)).Decode(&response); err != nil {
		return fmt.Errorf("the guard gave no answer: %w", errors.Join(err, ctx.Err()))
	}
	if response.Error != "" {
		return errors.New(response.Error)
	}
	if body == nil || len(response.Body) == 0 {
		return nil
	}
	if err := json.Unmarshal(response.Body, body); err != nil {
		return fmt.Errorf("the guard's answer cannot be read: %w", err)
	}
	return nil
}
