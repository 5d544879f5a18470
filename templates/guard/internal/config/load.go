package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
)

// Larger than any guard.json made by a person; a file beyond it is something else.
const largest = 1 << 20

// Loaded is a configuration with the place each value came from: path → "file:line:column".
type Loaded struct {
	Config
	Sources map[string]string
}

// Load reads guard.json and lays the overrides over it, those of them that exist.
// The error matches ErrInvalid when a file is there and wrong, fs.ErrNotExist when the first one is missing.
func Load(file string, overrides ...string) (Loaded, error) {
	loaded := Loaded{Config: Defaults(), Sources: map[string]string{}}
	var problems Problems
	for i, name := range append([]string{file}, overrides...) {
		data, err := readFile(name)
		if i > 0 && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return Loaded{}, err
		}
		problems = append(problems, apply(&loaded, name, data)...)
	}
	if len(problems) == 0 {
		problems = check(file, loaded)
	}
	if len(problems) > 0 {
		return Loaded{}, problems
	}
	return loaded, nil
}

func apply(loaded *Loaded, name string, data []byte) Problems {
	root, err := parse(name, data)
	var problem Problem
	if errors.As(err, &problem) {
		return Problems{problem}
	}
	b := &binder{file: name, data: data, sources: loaded.Sources}
	b.bind(root, reflect.ValueOf(&loaded.Config).Elem(), "")
	return b.problems
}

func readFile(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, largest+1))
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	if len(data) > largest {
		return nil, Problem{File: name, Message: fmt.Sprintf("larger than %d bytes: this is not a guard.json", largest)}
	}
	return data, nil
}
