package guard

import (
	"context"
	"errors"
	"io"
	"log/slog"
)

// newLogger writes JSON lines: timestamp level service version pid incident_id msg.
func newLogger(file io.Writer, also slog.Handler, service string) *slog.Logger {
	var handler slog.Handler = slog.NewJSONHandler(file, &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key == slog.TimeKey {
			a.Key = "timestamp"
			a.Value = slog.StringValue(a.Value.Time().UTC().Format("2006-01-02T15:04:05.000Z"))
		}
		return a
	}})
	handler = handler.WithAttrs([]slog.Attr{slog.String("service", service)})
	if also != nil {
		handler = both{handler, also}
	}
	return slog.New(handler)
}

// both sends every line to two handlers.
type both struct{ first, second slog.Handler }

func (b both) Enabled(ctx context.Context, level slog.Level) bool {
	return b.first.Enabled(ctx, level) || b.second.Enabled(ctx, level)
}

func (b both) Handle(ctx context.Context, record slog.Record) error {
	return errors.Join(b.first.Handle(ctx, record.Clone()), b.second.Handle(ctx, record))
}

func (b both) WithAttrs(attrs []slog.Attr) slog.Handler {
	return both{b.first.WithAttrs(attrs), b.second.WithAttrs(attrs)}
}

func (b both) WithGroup(name string) slog.Handler {
	return both{b.first.WithGroup(name), b.second.WithGroup(name)}
}
