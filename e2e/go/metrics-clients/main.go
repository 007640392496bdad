// Asks a cluster's metrics APIs with Kubernetes' own clients, those of the HPA controller, and prints each answer as a line of JSON:
//
//	metrics-clients KUBECONFIG NAMESPACE
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	resource "k8s.io/metrics/pkg/client/clientset/versioned"
	custom "k8s.io/metrics/pkg/client/custom_metrics"
	external "k8s.io/metrics/pkg/client/external_metrics"
)

var (
	pod        = schema.GroupKind{Kind: "Pod"}
	node       = schema.GroupKind{Kind: "Node"}
	deployment = schema.GroupKind{Group: "apps", Kind: "Deployment"}
	namespace  = schema.GroupKind{Kind: "Namespace"}
)

func main() {
	config, err := clientcmd.BuildConfigFromFlags("", os.Args[1])
	if err != nil {
		fail(err)
	}
	client := discovery.NewDiscoveryClientForConfigOrDie(config)
	askCustom(config, client, os.Args[2])
	askExternal(config, os.Args[2])
	askResource(config, os.Args[2])
	for _, version := range []string{"custom.metrics.k8s.io/v1beta2", "custom.metrics.k8s.io/v1beta1", "external.metrics.k8s.io/v1beta1"} {
		list, err := client.ServerResourcesForGroupVersion(version)
		show("discovery of "+version, list, err)
	}
}

func askCustom(config *rest.Config, client discovery.DiscoveryInterface, name string) {
	cached := memory.NewMemCacheClient(client)
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(cached)
	asked := custom.NewForConfig(config, meta.RESTMapper(mapper), custom.NewAvailableAPIsGetter(client))
	all, none := labels.Everything(), labels.Everything()
	web := labels.SelectorFromSet(labels.Set{"app": "web"})
	within := asked.NamespacedMetrics(name)
	list, err := within.GetForObjects(pod, web, "http_requests_per_second", none)
	show("pods by label", list, err)
	list, err = within.GetForObjects(pod, all, "http_requests_per_second", labels.SelectorFromSet(labels.Set{"code": "500"}))
	show("pods by the metric's label", list, err)
	one, err := within.GetForObject(pod, "web-1", "http_requests_per_second", none)
	show("one pod", one, err)
	one, err = within.GetForObject(deployment, "web", "queue_length", none)
	show("one deployment", one, err)
	one, err = asked.RootScopedMetrics().GetForObject(namespace, name, "queue_length", none)
	show("a namespace", one, err)
	one, err = asked.RootScopedMetrics().GetForObject(node, "node-1", "temperature", none)
	show("a node", one, err)
	list, err = asked.RootScopedMetrics().GetForObjects(node, all, "temperature", none)
	show("all nodes", list, err)
	one, err = within.GetForObject(pod, "web-1", "unknown_metric", none)
	show("an unknown metric", one, err)
}

func askExternal(config *rest.Config, name string) {
	asked, err := external.NewForConfig(config)
	if err != nil {
		fail(err)
	}
	list, err := asked.NamespacedMetrics(name).List("lag", labels.Everything())
	show("external", list, err)
	list, err = asked.NamespacedMetrics(name).List("lag", labels.SelectorFromSet(labels.Set{"topic": "orders"}))
	show("external by label", list, err)
	list, err = asked.NamespacedMetrics(name).List("unknown_metric", labels.Everything())
	show("external unknown", list, err)
}

func askResource(config *rest.Config, name string) {
	asked := resource.NewForConfigOrDie(config).MetricsV1beta1()
	list, err := asked.PodMetricses(name).List(context.Background(), metav1.ListOptions{LabelSelector: "app=web"})
	show("usage of pods", list, err)
}

func show(what string, answer any, err error) {
	line := map[string]any{"what": what, "answer": answer}
	if err != nil {
		line = map[string]any{"what": what, "error": err.Error()}
	}
	text, err := json.Marshal(line)
	if err != nil {
		fail(err)
	}
	fmt.Println(string(text))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
