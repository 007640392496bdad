// Command kube is Kubernetes' own control plane in one program, for the end-to-end tests: each sub-command is an
// upstream program, started from its own package. Separate processes, never goroutines of one: feature gates and
// metric registries are process-wide upstream, and a test wants to kill one.
package main

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/signal"
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
		fail("usage: kube etcd|apiserver|controller-manager|scheduler|kubectl [flags]")
	}
	name := os.Args[1]
	os.Args = append([]string{"kube-" + name}, os.Args[2:]...)
	if name == "etcd" {
		runEtcd()
		return
	}
	if name == "kubectl" {
		os.Args[0] = "kubectl"
	}
	newCommand, ok := programs[name]
	if !ok {
		fail("kube: unknown program %q", name)
	}
	os.Exit(cli.Run(newCommand()))
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
