package logs

import (
	"os"

	"golang.org/x/sys/unix"
)

// enlarge gives the pipe a megabyte where the system allows it, so that a busy moment of the guard costs the program nothing.
func enlarge(pipe *os.File) {
	raw, err := pipe.SyscallConn()
	if err != nil {
		return
	}
	raw.Control(func(fd uintptr) { unix.FcntlInt(fd, unix.F_SETPIPE_SZ, 1<<20) })
}
