package process

import (
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

func (p *Process) wait() {
	windows.WaitForSingleObject(p.system.handle, windows.INFINITE)
	p.exit.At = time.Now()
	var code uint32
	if windows.GetExitCodeProcess(p.system.handle, &code) == nil {
		p.exit.Code = code
	}
	windows.TerminateJobObject(p.system.job, 1)
	p.waitForEmptyJob(10 * time.Second)
	p.system.mutex.Lock()
	windows.CloseHandle(p.system.job)
	p.system.job = 0
	p.system.mutex.Unlock()
	windows.CloseHandle(p.system.handle)
	close(p.done)
}

// Missing from x/sys.
type jobAccounting struct {
	totalUserTime, totalKernelTime, thisPeriodUserTime, thisPeriodKernelTime int64
	totalPageFaults, totalProcesses, activeProcesses, terminatedProcesses    uint32
}

const jobBasicAccountingInformation = 1

func (p *Process) waitForEmptyJob(limit time.Duration) {
	pause := time.Millisecond
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); pause = min(2*pause, 20*time.Millisecond) {
		var accounting jobAccounting
		err := windows.QueryInformationJobObject(p.system.job, jobBasicAccountingInformation,
			uintptr(unsafe.Pointer(&accounting)), uint32(unsafe.Sizeof(accounting)), nil)
		if err != nil || accounting.activeProcesses == 0 {
			return
		}
		time.Sleep(pause)
	}
}

// AskToEnd sends a Ctrl-Break to the program's console group.
func (p *Process) AskToEnd() error {
	if err := windows.GenerateConsoleCtrlEvent(windows.CTRL_BREAK_EVENT, uint32(p.PID)); err != nil {
		return fmt.Errorf("sending Ctrl-Break to process %d: %w", p.PID, err)
	}
	return nil
}

// Kill ends the program and everything in its job.
func (p *Process) Kill() error {
	p.system.mutex.Lock()
	defer p.system.mutex.Unlock()
	if p.system.job == 0 {
		return nil
	}
	if err := windows.TerminateJobObject(p.system.job, 1); err != nil {
		return fmt.Errorf("ending process %d: %w", p.PID, err)
	}
	return nil
}

// Created is a number that tells two processes with the same PID apart; 0 when there is no such process.
func Created(pid int) uint64 {
	handle, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION|windows.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return 0
	}
	defer windows.CloseHandle(handle)
	if event, _ := windows.WaitForSingleObject(handle, 0); event == windows.WAIT_OBJECT_0 {
		return 0
	}
	var created, exited, kernel, user windows.Filetime
	if windows.GetProcessTimes(handle, &created, &exited, &kernel, &user) != nil {
		return 0
	}
	return uint64(created.Nanoseconds())
}
