// Command kube is Kubernetes' own control plane in one program, for the end-to-end tests: each sub-command is an
// upstream program, started from its own package. Separate processes, never goroutines of one: feature gates and
// metric registries are process-wide upstream, and a test wants to kill one. All but kubectl end with their
// standard input.
package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

var programs = map[string]func() *cobra.Command{
	"apiserver":          apiserver.NewAPIServerCommand,
	"controller-manager": controllermanager.NewControllerManagerCommand,
	"scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"kubectl":            kubectl.NewDefaultKubectlCommand,
}

func main() {
	if len(os.Args) < 2 {
		fail("usage: kube etcd|apiserver|controller-manager|scheduler|forward|kubectl [flags]")
	}
	name := os.Args[1]
	os.Args = append([]string{"kube-" + name}, os.Args[2:]...)
	if name == "kubectl" {
		os.Args[0] = "kubectl"
	} else {
		go endWithStandardInput()
	}
	switch newCommand, ok := programs[name]; {
	case name == "etcd":
		runEtcd()
	case name == "forward":
		runForward()
	case ok:
		os.Exit(cli.Run(newCommand()))
	default:
		fail("kube: unknown program %q", name)
	}
}

// endWithStandardInput ends the process when the other end of its standard input is closed, which the kernel does
// even for a parent that was killed: nothing outlives the one who started it.
func endWithStandardInput() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(1)
}

// runForward hands connections on, each argument pair LISTEN TO being unix:PATH or tcp:HOST:PORT. A socket in the
// file system reaches into a network namespace and out of it.
func runForward() {
	for pair := os.Args[1:]; len(pair) >= 2; pair = pair[2:] {
		network, address, _ := strings.Cut(pair[0], ":")
		listener, err := net.Listen(network, address)
		if err != nil {
			fail("forward: %v", err)
		}
		go acceptInto(listener, pair[1])
	}
	fmt.Fprintln(os.Stderr, "forward is ready")
	select {}
}

func acceptInto(listener net.Listener, to string) {
	network, address, _ := strings.Cut(to, ":")
	for {
		from, err := listener.Accept()
		if err != nil {
			fail("forward: %v", err)
		}
		go func() {
			defer from.Close()
			onward, err := net.Dial(network, address)
			if err != nil {
				return
			}
			defer onward.Close()
			done := make(chan struct{}, 2)
			go copyHalf(onward, from, done)
			go copyHalf(from, onward, done)
			<-done
			<-done
		}()
	}
}

// copyHalf copies one direction and passes its end on.
func copyHalf(to, from net.Conn, done chan<- struct{}) {
	_, _ = io.Copy(to, from)
	if half, ok := to.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	done <- struct{}{}
}

// runEtcd serves one member without fsync: its data lives as long as a test run.
func runEtcd() {
	dataDir := flag.String("data-dir", "", "folder of the data")
	client := flag.String("client-url", "http://127.0.0.1:2379", "where clients connect")
	peer := flag.String("peer-url", "http://127.0.0.1:2380", "where members connect")
	flag.Parse()

	config := embed.NewConfig()
	config.Dir = *dataDir
	config.LogLevel = "warn"
	config.UnsafeNoFsync = true
	config.ListenClientUrls = []url.URL{parseURL(*client)}
	config.AdvertiseClientUrls = config.ListenClientUrls
	config.ListenPeerUrls = []url.URL{parseURL(*peer)}
	config.AdvertisePeerUrls = config.ListenPeerUrls
	config.InitialCluster = config.InitialClusterFromName(config.Name)

	server, err := embed.StartEtcd(config)
	if err != nil {
		fail("etcd: %v", err)
	}
	defer server.Close()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	<-server.Server.ReadyNotify()
	fmt.Fprintln(os.Stderr, "etcd is ready")
	select {
	case <-stop:
	case err := <-server.Err():
		fail("etcd: %v", err)
	}
}

func parseURL(text string) url.URL {
	parsed, err := url.Parse(text)
	if err != nil {
		fail("etcd: %v", err)
	}
	return *parsed
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
	os.Exit(1)
}
