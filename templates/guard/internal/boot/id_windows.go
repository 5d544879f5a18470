package boot

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// ID is when services.exe was started: the clock less the uptime jumps, and the uptime is the host's under Wine. It is
// read from the list of processes, as the service's account may not open services.exe.
func ID() (string, error) {
	list, err := processList()
	if err != nil {
		return "", fmt.Errorf("listing processes: %w", err)
	}
	for at := uint32(0); ; {
		entry := (*windows.SYSTEM_PROCESS_INFORMATION)(unsafe.Pointer(&list[at]))
		if strings.EqualFold(entry.ImageName.String(), "services.exe") {
			return fmt.Sprintf("services-%d", entry.CreateTime), nil
		}
		if entry.NextEntryOffset == 0 {
			return "", errors.New("services.exe is not in the list of processes")
		}
		at += entry.NextEntryOffset
	}
}

func processList() ([]byte, error) {
	for size := uint32(256 << 10); ; size *= 2 {
		list := make([]byte, size)
		var needed uint32
		err := windows.NtQuerySystemInformation(windows.SystemProcessInformation, unsafe.Pointer(&list[0]), size, &needed)
		if err == nil {
			return list, nil
		}
		if !errors.Is(err, windows.STATUS_INFO_LENGTH_MISMATCH) || size > 64<<20 {
			return nil, err
		}
	}
}
