// Command child is a program that behaves as badly as a test asks for.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	exit := flag.Int("exit", -1, "end with this code")
	after := flag.Duration("after", 0, "how long to live before that")
	panics := flag.Bool("panic", false, "end with a panic")
	times := flag.Int("times", 1<<30, "behave badly this often, then well")
	deaf := flag.Bool("deaf", false, "ignore every wish to end")
	family := flag.Bool("family", false, "leave a grandchild in a session of its own")
	lines := flag.Int("lines", 0, "write this many lines first")
	listen := flag.String("listen", "", "answer HTTP here")
	flag.Parse()

	fmt.Println("hello from", os.Getpid(), os.Getenv("SECRET"))
	note("starts", strconv.Itoa(os.Getpid()))
	for i := range *lines {
		fmt.Printf("line %d of many\n", i)
	}
	if *family {
		leaveGrandchild()
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	if *deaf {
		signal.Reset(syscall.SIGTERM)
		signal.Ignore(syscall.SIGTERM)
	}
	if *listen != "" {
		go serve(*listen)
	}
	if bad := *exit >= 0 || *panics; bad && count("starts") <= *times {
		select {
		case <-time.After(*after):
		case <-stop:
			return
		}
		if *panics {
			panic("the child was asked to")
		}
		os.Exit(*exit)
	}
	<-stop
	note("stops", strconv.Itoa(os.Getpid()))
}

func serve(address string) {
	var hung, sick atomic.Bool
	server := &http.Server{Addr: address}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {
		for hung.Load() {
			time.Sleep(time.Hour)
		}
		if sick.Load() {
			http.Error(w, "sick", http.StatusServiceUnavailable)
		}
	})
	http.HandleFunc("/hang", func(http.ResponseWriter, *http.Request) { hung.Store(true) })
	http.HandleFunc("/sick", func(http.ResponseWriter, *http.Request) { sick.Store(!sick.Load()) })
	http.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) { go panic("asked over HTTP") })
	http.HandleFunc("/quit", func(w http.ResponseWriter, r *http.Request) {
		go server.Shutdown(context.Background())
		note("stops", "http")
		go os.Exit(0)
	})
	var listener net.Listener
	var err error
	for range 200 { // the port of the one before may need a moment
		if listener, err = net.Listen("tcp", address); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(7)
	}
	server.Serve(listener)
}

func leaveGrandchild() {
	command := exec.Command("sleep", "1000")
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err == nil {
		note("grandchildren", strconv.Itoa(command.Process.Pid))
	}
}

func note(file, text string) {
	handle, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		fmt.Fprintln(handle, text)
		handle.Close()
	}
}

func count(file string) int {
	data, _ := os.ReadFile(file)
	lines := 0
	for _, b := range data {
		if b == '\n' {
			lines++
		}
	}
	return lines
}
