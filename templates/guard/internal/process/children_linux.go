package process

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// children lists the direct children of a process, dead ones that nobody waited for included.
func children(pid int) []int {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if len(lists) == 0 {
		return childrenBySearch(pid)
	}
	var found []int
	for _, list := range lists {
		data, err := os.ReadFile(list)
		if err != nil {
			continue // the thread has ended; its children have moved to another one
		}
		for _, field := range bytes.Fields(data) {
			if child, err := strconv.Atoi(string(field)); err == nil {
				found = append(found, child)
			}
		}
	}
	return found
}

// childrenBySearch serves kernels built without these lists: it reads the parent of every process.
func childrenBySearch(pid int) []int {
	var found []int
	entries, _ := os.ReadDir("/proc")
	for _, entry := range entries {
		candidate, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if stat, err := readStat(candidate); err == nil && stat.parent == pid {
			found = append(found, candidate)
		}
	}
	return found
}

type stat struct {
	parent  int
	created uint64 // clock ticks after the system's start
	dead    bool
}

// readStat reads /proc/PID/stat; the program's name in it may hold anything, so fields count from the last parenthesis.
func readStat(pid int) (stat, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return stat{}, err
	}
	fields := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
	if len(fields) < 20 {
		return stat{}, fmt.Errorf("/proc/%d/stat is too short", pid)
	}
	parent, err := strconv.Atoi(string(fields[1]))
	if err != nil {
		return stat{}, err
	}
	created, err := strconv.ParseUint(string(fields[19]), 10, 64)
	return stat{parent, created, fields[0][0] == 'Z' || fields[0][0] == 'X'}, err
}

// Created is a number that tells two processes with the same PID apart; 0 when there is no such process.
func Created(pid int) uint64 {
	found, err := readStat(pid)
	if err != nil || found.dead {
		return 0
	}
	return found.created
}
