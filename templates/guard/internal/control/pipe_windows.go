package control

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Address is the name of a guard's pipe.
type Address string

// AddressOf names the pipe after the service.
func AddressOf(_, name string) Address { return Address(`\\.\pipe\gopack-` + name) }

// rights: full for SYSTEM, administrators and the guard's own account; reading and writing for users, who may only ask
// for the status (mayChange), and must not make further instances.
const rights = "D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;OW)(A;;0x12019b;;;BU)"

// pipeListener is a net.Listener over instances of one named pipe.
type pipeListener struct {
	address Address
	closed  chan struct{}
	once    sync.Once
	mutex   sync.Mutex
	next    windows.Handle
}

// Listen makes the first instance of the pipe: somebody else's of the same name is refused.
func Listen(address Address) (net.Listener, error) {
	first, err := newInstance(address, windows.FILE_FLAG_FIRST_PIPE_INSTANCE)
	if err != nil {
		return nil, fmt.Errorf("listening for commands: %w", err)
	}
	return &pipeListener{address: address, closed: make(chan struct{}), next: first}, nil
}

func newInstance(address Address, flags uint32) (windows.Handle, error) {
	descriptor, err := windows.SecurityDescriptorFromString(rights)
	if err != nil {
		return 0, err
	}
	attributes := windows.SecurityAttributes{SecurityDescriptor: descriptor}
	attributes.Length = uint32(unsafe.Sizeof(attributes))
	name, err := windows.UTF16PtrFromString(string(address))
	if err != nil {
		return 0, err
	}
	return windows.CreateNamedPipe(name, windows.PIPE_ACCESS_DUPLEX|windows.FILE_FLAG_OVERLAPPED|flags,
		windows.PIPE_TYPE_BYTE|windows.PIPE_REJECT_REMOTE_CLIENTS, windows.PIPE_UNLIMITED_INSTANCES, 64<<10, 64<<10, 0, &attributes)
}

// Accept waits for the next client.
func (l *pipeListener) Accept() (net.Conn, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	select {
	case <-l.closed:
		return nil, net.ErrClosed
	default:
	}
	if l.next == 0 {
		next, err := newInstance(l.address, 0)
		if err != nil {
			return nil, err
		}
		l.next = next
	}
	if err := l.connect(); err != nil {
		return nil, err
	}
	handle := l.next
	l.next = 0
	return &pipeConnection{File: os.NewFile(uintptr(handle), string(l.address)), handle: handle}, nil
}

// connect waits for a client or for the end of the listener.
func (l *pipeListener) connect() error {
	event, err := windows.CreateEvent(nil, 1, 0, nil)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(event)
	waiting := windows.Overlapped{HEvent: event}
	err = windows.ConnectNamedPipe(l.next, &waiting)
	if err == nil || errors.Is(err, windows.ERROR_PIPE_CONNECTED) {
		return nil
	}
	if !errors.Is(err, windows.ERROR_IO_PENDING) {
		return err
	}
	for {
		state, err := windows.WaitForSingleObject(event, 100)
		if err != nil {
			return err
		}
		if state == windows.WAIT_OBJECT_0 {
			var transferred uint32
			return windows.GetOverlappedResult(l.next, &waiting, &transferred, false)
		}
		select {
		case <-l.closed:
			windows.CancelIoEx(l.next, &waiting)
			var transferred uint32
			windows.GetOverlappedResult(l.next, &waiting, &transferred, true)
			windows.CloseHandle(l.next)
			l.next = 0
			return net.ErrClosed
		default:
		}
	}
}

func (l *pipeListener) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *pipeListener) Addr() net.Addr { return pipeAddress(l.address) }

type pipeAddress string

func (a pipeAddress) Network() string { return "pipe" }
func (a pipeAddress) String() string  { return string(a) }

type pipeConnection struct {
	*os.File
	handle windows.Handle
}

func (c *pipeConnection) LocalAddr() net.Addr  { return pipeAddress(c.Name()) }
func (c *pipeConnection) RemoteAddr() net.Addr { return pipeAddress(c.Name()) }

// Close lets the client read the answer first.
func (c *pipeConnection) Close() error {
	windows.FlushFileBuffers(c.handle)
	return c.File.Close()
}

func dial(ctx context.Context, address Address) (net.Conn, error) {
	name, err := windows.UTF16PtrFromString(string(address))
	if err != nil {
		return nil, err
	}
	for {
		// Identification only: a stranger who owns the pipe cannot act in our name.
		handle, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, 0, nil, windows.OPEN_EXISTING,
			windows.FILE_FLAG_OVERLAPPED|windows.SECURITY_SQOS_PRESENT|windows.SECURITY_IDENTIFICATION, 0)
		if err == nil {
			return &pipeConnection{File: os.NewFile(uintptr(handle), string(address)), handle: handle}, nil
		}
		if !errors.Is(err, windows.ERROR_PIPE_BUSY) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}
