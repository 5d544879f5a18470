package guard

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopack.dev/guard/internal/config"
	"gopack.dev/guard/internal/layout"
	"gopack.dev/guard/internal/process"
	"gopack.dev/guard/internal/supervise"
)

// settings is the configuration of one version. It is never changed, so all goroutines may read it.
type settings struct {
	config config.Loaded
	policy supervise.Policy
	root   layout.Root
	tag    string
	host   *process.Host
}

func (s *settings) spec() (spec process.Spec, secrets []string, err error) {
	environment, secrets, err := s.environment()
	if err != nil {
		return spec, nil, err
	}
	spec = process.Spec{Path: filepath.Join(s.root.Program(s.tag), filepath.FromSlash(s.config.Program)),
		Env: environment, Dir: s.expand(s.config.WorkingDirectory), Console: true, TakesOrphans: true}
	for _, argument := range s.config.Args {
		spec.Args = append(spec.Args, s.expand(argument))
	}
	return spec, secrets, nil
}

// expand replaces the placeholders a configuration may use.
func (s *settings) expand(text string) string {
	return strings.NewReplacer("{root}", string(s.root), "{data}", s.root.Data(), "{config}", s.root.Config(),
		"{version}", s.root.Program(s.tag)).Replace(text)
}

// environment is the guard's own with the configured variables over it. Secrets come from outside the configuration.
func (s *settings) environment() (list, secrets []string, err error) {
	list = slices.DeleteFunc(os.Environ(), func(entry string) bool { return strings.HasPrefix(entry, twinVariable+"=") })
	set := func(name, value string) {
		list = slices.DeleteFunc(list, func(entry string) bool { return sameName(entry[:max(0, strings.IndexByte(entry, '='))], name) })
		list = append(list, name+"="+value)
	}
	if os.Getenv("GOTRACEBACK") == "" {
		set("GOTRACEBACK", "all")
	}
	for name, value := range s.config.Environment {
		text, err := s.value(value)
		if err != nil {
			return nil, nil, fmt.Errorf("environment.%s: %w", name, err)
		}
		if value.IsSecret() && len(text) > 3 {
			secrets = append(secrets, text)
		}
		set(name, text)
	}
	return list, secrets, nil
}

func (s *settings) value(v config.Value) (string, error) {
	switch {
	case v.Env != "":
		text, ok := os.LookupEnv(v.Env)
		if !ok {
			return "", fmt.Errorf("the variable %s is not set for the guard", v.Env)
		}
		return text, nil
	case v.File != "":
		root, err := os.OpenRoot(string(s.root))
		if err != nil {
			return "", fmt.Errorf("reading a secret: %w", err)
		}
		defer root.Close()
		data, err := root.ReadFile(filepath.FromSlash(v.File))
		if err != nil {
			// Not a missing program: that would be quarantine at once.
			return "", fmt.Errorf("reading a secret: %s", err)
		}
		return strings.TrimRight(string(data), "\r\n"), nil
	}
	return s.expand(v.Text), nil
}
