package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"
)

// Seconds is a length of time, written as a number of seconds; fractions are allowed.
type Seconds time.Duration

// Duration gives the same length to the standard library.
func (s Seconds) Duration() time.Duration { return time.Duration(s) }

// MarshalJSON writes the number of seconds again.
func (s Seconds) MarshalJSON() ([]byte, error) {
	return []byte(strconv.FormatFloat(time.Duration(s).Seconds(), 'f', -1, 64)), nil
}

// A hundred years: nothing waits longer, and sums of such lengths still fit.
const longest int64 = 100 * 365 * 24 * 3600

func (s *Seconds) read(n node) error {
	number, ok := n.value.(json.Number)
	if !ok {
		return fmt.Errorf("a number of seconds is wanted, not %s", describe(n))
	}
	value, err := number.Float64()
	if err != nil || value < 0 || value > float64(longest) {
		return fmt.Errorf("a number of seconds from 0 to %d is wanted, not %s", longest, number)
	}
	*s = Seconds(math.Round(value * float64(time.Second)))
	return nil
}

// Value is the value of an environment variable: text, or where a secret is to be had.
type Value struct {
	Text string
	Env  string // name of a variable of the guard's own environment
	File string // path below the root folder
}

func (v *Value) read(n node) error {
	if text, ok := n.value.(string); ok {
		*v = Value{Text: text}
		return nil
	}
	members, ok := n.value.([]member)
	if !ok || len(members) != 1 {
		return fmt.Errorf(`text, {"env": NAME} or {"file": PATH} is wanted, not %s`, describe(n))
	}
	text, ok := members[0].value.value.(string)
	if !ok || text == "" {
		return errors.New("the name of the variable or the path of the file is missing")
	}
	switch members[0].key {
	case "env":
		*v = Value{Env: text}
	case "file":
		*v = Value{File: text}
	default:
		return fmt.Errorf(`"env" or "file" is wanted, not %q`, members[0].key)
	}
	return nil
}

// IsSecret tells whether the value comes from elsewhere and must not be shown.
func (v Value) IsSecret() bool { return v.Env != "" || v.File != "" }

// MarshalJSON never writes a secret, only where it is.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case v.Env != "":
		return json.Marshal(map[string]string{"env": v.Env})
	case v.File != "":
		return json.Marshal(map[string]string{"file": v.File})
	}
	return json.Marshal(v.Text)
}
