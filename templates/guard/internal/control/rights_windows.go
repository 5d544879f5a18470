package control

import (
	"net"
	"runtime"

	"golang.org/x/sys/windows"
)

var impersonateNamedPipeClient = windows.NewLazySystemDLL("advapi32.dll").NewProc("ImpersonateNamedPipeClient")

// mayChange: elevated administrators, SYSTEM, and the account of the guard itself.
func mayChange(connection net.Conn) bool {
	pipe, ok := connection.(*pipeConnection)
	if !ok {
		return false
	}
	caller, err := tokenOfClient(pipe.handle)
	if err != nil {
		return false
	}
	defer caller.Close()
	user, err := caller.GetTokenUser()
	if err != nil {
		return false
	}
	own, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err == nil && own.User.Sid.Equals(user.User.Sid) || user.User.Sid.IsWellKnown(windows.WinLocalSystemSid) {
		return true
	}
	administrators, err := windows.CreateWellKnownSid(windows.WinBuiltinAdministratorsSid)
	if err != nil {
		return false
	}
	member, err := caller.IsMember(administrators)
	return err == nil && member
}

// tokenOfClient looks at the client only: the thread is itself again afterwards.
func tokenOfClient(pipe windows.Handle) (token windows.Token, err error) {
	runtime.LockOSThread()
	if done, _, err := impersonateNamedPipeClient.Call(uintptr(pipe)); done == 0 {
		runtime.UnlockOSThread()
		return 0, err
	}
	err = windows.OpenThreadToken(windows.CurrentThread(), windows.TOKEN_QUERY, true, &token)
	if windows.RevertToSelf() == nil {
		runtime.UnlockOSThread() // otherwise the thread ends with the goroutine, and takes the identity with it
	}
	return token, err
}
