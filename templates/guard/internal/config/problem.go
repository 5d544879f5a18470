package config

import (
	"errors"
	"fmt"
	"strings"
)

// ErrInvalid is what every fault of a configuration file is, whatever else it says.
var ErrInvalid = errors.New("the configuration cannot be used")

// Problem is one fault of a configuration file. Line and Column count from 1; 0 means the file as a whole.
type Problem struct {
	File         string
	Line, Column int
	Path         string
	Message      string
}

func (p Problem) Error() string {
	where := p.File
	if p.Line > 0 {
		where = fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
	if p.Path == "" {
		return where + ": " + p.Message
	}
	return where + ": " + p.Path + ": " + p.Message
}

// Is makes errors.Is(err, ErrInvalid) true.
func (p Problem) Is(target error) bool { return target == ErrInvalid }

// Problems are all faults found at once.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Is makes errors.Is(err, ErrInvalid) true.
func (p Problems) Is(target error) bool { return target == ErrInvalid }
