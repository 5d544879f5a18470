package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// node is a JSON value that knows where it stands in its file.
type node struct {
	offset int
	value  any // nil, bool, string, json.Number, []node or []member
}

// member is one key of a JSON object with its value, in the order of the file.
type member struct {
	key    string
	offset int
	value  node
}

// parse reads one JSON document; anything after it is an error.
func parse(file string, data []byte) (node, error) {
	reader := &parser{file: file, data: data, decoder: json.NewDecoder(bytes.NewReader(data))}
	reader.decoder.UseNumber()
	root, err := reader.next()
	if err != nil {
		return node{}, err
	}
	if _, err := reader.decoder.Token(); !errors.Is(err, io.EOF) {
		return node{}, reader.problem(reader.start(), "text after the end of the document")
	}
	return root, nil
}

type parser struct {
	file    string
	data    []byte
	decoder *json.Decoder
}

// start is the offset at which the next token begins.
func (p *parser) start() int {
	offset := int(p.decoder.InputOffset())
	for offset < len(p.data) && bytes.IndexByte([]byte(" \t\r\n,:"), p.data[offset]) >= 0 {
		offset++
	}
	return offset
}

func (p *parser) problem(offset int, message string) error {
	line, column := position(p.data, offset)
	return Problem{File: p.file, Line: line, Column: column, Message: message}
}

func (p *parser) token() (json.Token, int, error) {
	offset := p.start()
	token, err := p.decoder.Token()
	if err == nil {
		return token, offset, nil
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, 0, p.problem(len(p.data), "the file ends too early: it is damaged or not written to its end")
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = max(offset, int(syntax.Offset)-1)
	}
	return nil, 0, p.problem(offset, fmt.Sprintf("not JSON: %v", err))
}

func (p *parser) next() (node, error) {
	token, offset, err := p.token()
	if err != nil {
		return node{}, err
	}
	switch token {
	case json.Delim('{'):
		return p.object(offset)
	case json.Delim('['):
		return p.array(offset)
	}
	return node{offset, token}, nil
}

func (p *parser) object(offset int) (node, error) {
	members := []member{}
	seen := map[string]bool{}
	for p.decoder.More() {
		key, at, err := p.token()
		if err != nil {
			return node{}, err
		}
		name, _ := key.(string)
		if seen[name] {
			return node{}, p.problem(at, fmt.Sprintf("%q is there twice", name))
		}
		seen[name] = true
		value, err := p.next()
		if err != nil {
			return node{}, err
		}
		members = append(members, member{name, at, value})
	}
	_, _, err := p.token()
	return node{offset, members}, err
}

func (p *parser) array(offset int) (node, error) {
	values := []node{}
	for p.decoder.More() {
		value, err := p.next()
		if err != nil {
			return node{}, err
		}
		values = append(values, value)
	}
	_, _, err := p.token()
	return node{offset, values}, err
}

// position gives the line and column of an offset, both from 1.
func position(data []byte, offset int) (line, column int) {
	before := data[:min(offset, len(data))]
	line = bytes.Count(before, []byte("\n")) + 1
	return line, len(before) - (bytes.LastIndexByte(before, '\n') + 1) + 1
}
