package process

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf16"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Missing from x/sys: the attribute that puts a process into a job before its first instruction.
const attributeJobList = 0x0002000D

type system struct {
	handle windows.Handle
	mutex  sync.Mutex
	job    windows.Handle // 0 once it is closed
}

// Host starts programs, each in a job object of its own that dies with this process.
type Host struct{}

// NewHost prepares nothing here.
func NewHost() (*Host, error) { return &Host{}, nil }

// Start starts a program inside a new job.
func (h *Host) Start(spec Spec) (_ *Process, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("starting %s: %w", spec.Path, err)
		}
	}()
	job, err := newJob(spec.Outlives)
	if err != nil {
		return nil, err
	}
	information, err := create(spec, job)
	if err != nil {
		windows.CloseHandle(job)
		return nil, err
	}
	windows.CloseHandle(information.Thread)
	p := &Process{PID: int(information.ProcessId), Started: time.Now(), done: make(chan struct{}),
		system: system{handle: information.Process, job: job}}
	go p.wait()
	return p, nil
}

func newJob(outlives bool) (windows.Handle, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return 0, fmt.Errorf("making a job object: %w", err)
	}
	var limits windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
	if !outlives {
		limits.BasicLimitInformation.LimitFlags |= windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
	}
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	if err != nil {
		windows.CloseHandle(job)
		return 0, fmt.Errorf("setting up a job object: %w", err)
	}
	return job, nil
}

func create(spec Spec, job windows.Handle) (*windows.ProcessInformation, error) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer null.Close()
	standard := make([]windows.Handle, 3)
	for i, file := range []*os.File{null, orElse(spec.Output, null), orElse(spec.Errors, null)} {
		// Only copies are made inheritable, and only this child gets them.
		self := windows.CurrentProcess()
		if err := windows.DuplicateHandle(self, windows.Handle(file.Fd()), self, &standard[i], 0, true, windows.DUPLICATE_SAME_ACCESS); err != nil {
			return nil, fmt.Errorf("passing on a stream: %w", err)
		}
		defer windows.CloseHandle(standard[i])
	}
	attributes, err := windows.NewProcThreadAttributeList(2)
	if err != nil {
		return nil, err
	}
	defer attributes.Delete()
	if err := attributes.Update(attributeJobList, unsafe.Pointer(&job), unsafe.Sizeof(job)); err != nil {
		return nil, fmt.Errorf("naming the job: %w", err)
	}
	if err := attributes.Update(windows.PROC_THREAD_ATTRIBUTE_HANDLE_LIST, unsafe.Pointer(&standard[0]), 3*unsafe.Sizeof(job)); err != nil {
		return nil, fmt.Errorf("naming the streams: %w", err)
	}
	startup := windows.StartupInfoEx{ProcThreadAttributeList: attributes.List()}
	startup.Cb = uint32(unsafe.Sizeof(startup))
	startup.Flags = windows.STARTF_USESTDHANDLES
	startup.StdInput, startup.StdOutput, startup.StdErr = standard[0], standard[1], standard[2]

	texts, err := pointers(spec.Path, windows.ComposeCommandLine(append([]string{spec.Path}, spec.Args...)))
	if err != nil {
		return nil, err
	}
	var folder *uint16
	if spec.Dir != "" {
		if folder, err = windows.UTF16PtrFromString(spec.Dir); err != nil {
			return nil, err
		}
	}
	environment, err := environmentBlock(spec.Env)
	if err != nil {
		return nil, err
	}
	flags := uint32(windows.CREATE_UNICODE_ENVIRONMENT | windows.EXTENDED_STARTUPINFO_PRESENT | windows.CREATE_NEW_PROCESS_GROUP)
	if !spec.Console {
		flags |= windows.CREATE_NO_WINDOW
	}
	var information windows.ProcessInformation
	err = windows.CreateProcess(texts[0], texts[1], nil, nil, true, flags, environment, folder, &startup.StartupInfo, &information)
	return &information, err
}

func orElse(file, other *os.File) *os.File {
	if file == nil {
		return other
	}
	return file
}

func pointers(texts ...string) ([]*uint16, error) {
	list := make([]*uint16, len(texts))
	for i, text := range texts {
		pointer, err := windows.UTF16PtrFromString(text)
		if err != nil {
			return nil, err
		}
		list[i] = pointer
	}
	return list, nil
}

// environmentBlock is sorted by name, as Windows wants it, and always holds SYSTEMROOT, without which sockets fail.
func environmentBlock(env []string) (*uint16, error) {
	if root := os.Getenv("SYSTEMROOT"); root != "" && !slices.ContainsFunc(env, func(e string) bool {
		return strings.HasPrefix(strings.ToUpper(e), "SYSTEMROOT=")
	}) {
		env = append(slices.Clone(env), "SYSTEMROOT="+root)
	}
	env = slices.SortedFunc(slices.Values(env), func(a, b string) int { return strings.Compare(strings.ToUpper(a), strings.ToUpper(b)) })
	var block []uint16
	for _, entry := range env {
		if strings.ContainsRune(entry, 0) {
			return nil, errors.New("the environment holds a NUL")
		}
		block = append(append(block, utf16.Encode([]rune(entry))...), 0)
	}
	block = append(block, 0, 0)
	return &block[0], nil
}
