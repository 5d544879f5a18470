package control

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Address is the socket file of a guard.
type Address string

// AddressOf is where the guard of a folder listens. Everybody may ask for the status, so the socket lies in the root
// folder's state; who may see it is up to the folder's rights.
func AddressOf(state, _ string) Address { return Address(filepath.Join(state, "guard.sock")) }

// Listen takes over a socket a killed guard left; the caller holds the folder's lock.
func Listen(address Address) (net.Listener, error) {
	if err := os.Remove(string(address)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("listening for commands: %w", err)
	}
	var listener net.Listener
	err := shortened(address, func(path string) (err error) {
		listener, err = net.Listen("unix", path)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listening for commands: %w", err)
	}
	listener.(*net.UnixListener).SetUnlinkOnClose(false)
	if err := os.Chmod(string(address), 0o666); err != nil {
		listener.Close()
		return nil, fmt.Errorf("listening for commands: %w", err)
	}
	return listener, nil
}

func dial(ctx context.Context, address Address) (net.Conn, error) {
	var connection net.Conn
	err := shortened(address, func(path string) (err error) {
		var dialer net.Dialer
		connection, err = dialer.DialContext(ctx, "unix", path)
		return err
	})
	return connection, err
}

// shortened gives a path that fits the 108 bytes of a socket address, by way of the open folder.
func shortened(address Address, use func(path string) error) error {
	folder, err := os.Open(filepath.Dir(string(address)))
	if err != nil {
		return err
	}
	defer folder.Close()
	return use(fmt.Sprintf("/proc/self/fd/%d/%s", folder.Fd(), filepath.Base(string(address))))
}

// mayChange: root and the account of the guard itself.
func mayChange(connection net.Conn) bool {
	raw, err := connection.(*net.UnixConn).SyscallConn()
	if err != nil {
		return false
	}
	allowed := false
	raw.Control(func(fd uintptr) {
		peer, err := unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED)
		allowed = err == nil && (peer.Uid == 0 || int(peer.Uid) == os.Geteuid())
	})
	return allowed
}
