package boot

import (
	"fmt"
	"os"
	"strings"
)

// ID is the same until the system starts again.
func ID() (string, error) {
	data, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "", fmt.Errorf("reading the boot's id: %w", err)
	}
	return strings.TrimSpace(string(data)), nil
}
