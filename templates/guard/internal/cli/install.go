package cli

import (
	"context"
	"errors"
)

func (c *command) install() func(context.Context) error {
	return func(context.Context) error { return errors.New("not yet") }
}
