package guard

import (
	"context"
	"fmt"
	"net/http"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/process"
)

// ask asks the program to end, in the configured way.
func (s *settings) ask(ctx context.Context, p *program) error {
	stop := s.config.Stop
	switch {
	case stop.HTTP != nil:
		return askByHTTP(ctx, *stop.HTTP)
	case len(stop.Exec) > 0:
		command := make([]string, len(stop.Exec))
		for i, part := range stop.Exec {
			command[i] = s.expand(part)
		}
		return s.runCommand(ctx, command)
	}
	return p.AskToEnd()
}

func askByHTTP(ctx context.Context, stop config.StopHTTP) error {
	request, err := http.NewRequestWithContext(ctx, stop.Method, stop.URL, nil)
	if err != nil {
		return fmt.Errorf("asking the program to end: %w", err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("asking the program to end: %w", err)
	}
	response.Body.Close()
	if response.StatusCode >= 400 {
		return fmt.Errorf("asking the program to end: %s answers %s", stop.URL, response.Status)
	}
	return nil
}

// runCommand runs a command of the configuration to its end, with the program's environment and folder.
func (s *settings) runCommand(ctx context.Context, command []string) error {
	environment, _, err := s.environment()
	if err != nil {
		return err
	}
	p, err := s.host.Start(process.Spec{Path: command[0], Args: command[1:], Env: environment, Dir: s.root.Data()})
	if err != nil {
		return err
	}
	select {
	case <-p.Done():
	case <-ctx.Done():
		p.Kill()
		<-p.Done()
		return fmt.Errorf("%s: %w", command[0], ctx.Err())
	}
	if exit := p.Exit(); exit.Code != 0 {
		return fmt.Errorf("%s ended with %d", command[0], exit.Code)
	}
	return nil
}
