package logs

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

func openLog(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND|unix.O_NOFOLLOW, 0o640)
}

// born is when the file was made, or was last written to where the file system does not say.
func born(file *os.File, info os.FileInfo) time.Time {
	var details unix.Statx_t
	err := unix.Statx(int(file.Fd()), "", unix.AT_EMPTY_PATH, unix.STATX_BTIME, &details)
	if err != nil || details.Mask&unix.STATX_BTIME == 0 {
		return info.ModTime()
	}
	return time.Unix(details.Btime.Sec, int64(details.Btime.Nsec))
}
