package config

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// reader is a type that takes its own value out of JSON.
type reader interface{ read(n node) error }

// defaulter is a group that has defaults of its own when it is given at all.
type defaulter interface{ setDefaults() }

// binder lays a JSON document over a struct: what the document does not name stays. Later documents win.
type binder struct {
	file     string
	data     []byte
	sources  map[string]string // path of a setting → "file:line:column"
	problems Problems
}

func (b *binder) complain(offset int, path, format string, args ...any) {
	line, column := position(b.data, offset)
	b.problems = append(b.problems, Problem{b.file, line, column, path, fmt.Sprintf(format, args...)})
}

func (b *binder) bind(n node, target reflect.Value, path string) {
	if target.Kind() == reflect.Pointer {
		if target.IsNil() {
			target.Set(reflect.New(target.Type().Elem()))
			if group, ok := target.Interface().(defaulter); ok {
				group.setDefaults()
			}
		}
		target = target.Elem()
	}
	line, column := position(b.data, n.offset)
	b.sources[path] = fmt.Sprintf("%s:%d:%d", b.file, line, column)
	if own, ok := target.Addr().Interface().(reader); ok {
		if err := own.read(n); err != nil {
			b.complain(n.offset, path, "%v", err)
		}
		return
	}
	switch target.Kind() {
	case reflect.Struct:
		b.bindStruct(n, target, path)
	case reflect.Slice:
		b.bindSlice(n, target, path)
	case reflect.Map:
		b.bindMap(n, target, path)
	default:
		b.bindScalar(n, target, path)
	}
}

func (b *binder) bindStruct(n node, target reflect.Value, path string) {
	members, ok := n.value.([]member)
	if !ok {
		b.complain(n.offset, path, "a group of settings in { } is wanted, not %s", describe(n))
		return
	}
	fields := map[string]int{}
	for i := range target.NumField() {
		if name := target.Type().Field(i).Tag.Get("json"); name != "" {
			fields[name] = i
		}
	}
	for _, m := range members {
		index, known := fields[m.key]
		if !known {
			b.complain(m.offset, join(path, m.key), "no such setting%s", nearest(m.key, fields))
			continue
		}
		b.bind(m.value, target.Field(index), join(path, m.key))
	}
}

func (b *binder) bindSlice(n node, target reflect.Value, path string) {
	values, ok := n.value.([]node)
	if !ok {
		b.complain(n.offset, path, "a list in [ ] is wanted, not %s", describe(n))
		return
	}
	list := reflect.MakeSlice(target.Type(), len(values), len(values))
	for i, value := range values {
		b.bind(value, list.Index(i), fmt.Sprintf("%s[%d]", path, i))
	}
	target.Set(list)
}

// bindMap lays keys over those that are there already.
func (b *binder) bindMap(n node, target reflect.Value, path string) {
	members, ok := n.value.([]member)
	if !ok {
		b.complain(n.offset, path, "names with values in { } are wanted, not %s", describe(n))
		return
	}
	if target.IsNil() {
		target.Set(reflect.MakeMap(target.Type()))
	}
	for _, m := range members {
		value := reflect.New(target.Type().Elem()).Elem()
		b.bind(m.value, value, join(path, m.key))
		target.SetMapIndex(reflect.ValueOf(m.key), value)
	}
}

func (b *binder) bindScalar(n node, target reflect.Value, path string) {
	switch value := n.value.(type) {
	case string:
		if target.Kind() == reflect.String {
			target.SetString(value)
			return
		}
	case bool:
		if target.Kind() == reflect.Bool {
			target.SetBool(value)
			return
		}
	case json.Number:
		if whole, err := value.Int64(); err == nil && target.Kind() == reflect.Int {
			target.SetInt(whole)
			return
		}
	}
	b.complain(n.offset, path, "%s is wanted, not %s", wanted[target.Kind()], describe(n))
}

var wanted = map[reflect.Kind]string{reflect.String: "text", reflect.Bool: "true or false", reflect.Int: "a whole number"}

func describe(n node) string {
	switch value := n.value.(type) {
	case nil:
		return "null"
	case string:
		return fmt.Sprintf("%q", value)
	case []node:
		return "a list"
	case []member:
		return "a group"
	default:
		return fmt.Sprint(value)
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// nearest names the setting that was probably meant.
func nearest(key string, fields map[string]int) string {
	best, distance := "", min(4, len(key))
	for name := range fields {
		if d := editDistance(strings.ToLower(key), strings.ToLower(name)); d < distance || d == distance && name < best {
			best, distance = name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
