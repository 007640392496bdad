package oracle

import (
	"context"
	"errors"
	"fmt"
	"time"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	custom "k8s.io/metrics/pkg/apis/custom_metrics/v1beta2"
	external "k8s.io/metrics/pkg/apis/external_metrics/v1beta1"
	metricsapi "k8s.io/metrics/pkg/apis/metrics/v1beta1"
	resourceclient "k8s.io/metrics/pkg/client/clientset/versioned/typed/metrics/v1beta1"
	customclient "k8s.io/metrics/pkg/client/custom_metrics"
	externalclient "k8s.io/metrics/pkg/client/external_metrics"
)

// otherMetric is the metric of the other HPAs of a scenario; its API always fails.
const otherMetric = "of-another-hpa"

// metrics plays the three metrics APIs. A tick has one reading for each entry of the spec; the controller asks for
// them in that order, but for some entries it fails before it asks.
type metrics struct {
	t0       time.Time
	specs    []autoscalingv2.MetricSpec
	readings []reading
	next     int
}

// begin is called when a reconcile begins.
func (m *metrics) begin() { m.next = 0 }

// asks says whether the controller gets as far as calling an API for an entry.
func asks(spec autoscalingv2.MetricSpec) bool {
	valid := func(s *metav1.LabelSelector) bool {
		_, err := metav1.LabelSelectorAsSelector(s)
		return err == nil
	}
	switch spec.Type {
	case autoscalingv2.ResourceMetricSourceType:
		return spec.Resource.Target.AverageValue != nil || spec.Resource.Target.AverageUtilization != nil
	case autoscalingv2.ContainerResourceMetricSourceType:
		return spec.ContainerResource.Target.AverageValue != nil || spec.ContainerResource.Target.AverageUtilization != nil
	case autoscalingv2.PodsMetricSourceType:
		return valid(spec.Pods.Metric.Selector)
	case autoscalingv2.ObjectMetricSourceType:
		target := spec.Object.Target
		return valid(spec.Object.Metric.Selector) && (target.Type == autoscalingv2.ValueMetricType && target.Value != nil ||
			target.Type == autoscalingv2.AverageValueMetricType && target.AverageValue != nil)
	case autoscalingv2.ExternalMetricSourceType:
		return valid(spec.External.Metric.Selector) && (spec.External.Target.Value != nil || spec.External.Target.AverageValue != nil)
	}
	return false
}

// take gives the reading the controller asks for now, and the entry it belongs to.
func (m *metrics) take() (autoscalingv2.MetricSpec, reading, error) {
	for m.next < len(m.specs) {
		i := m.next
		m.next++
		if !asks(m.specs[i]) {
			continue
		}
		if i >= len(m.readings) {
			return m.specs[i], reading{}, fmt.Errorf("the scenario has no reading for metric %d", i)
		}
		if text := m.readings[i].Error; text != nil {
			return m.specs[i], m.readings[i], errors.New(*text)
		}
		return m.specs[i], m.readings[i], nil
	}
	return autoscalingv2.MetricSpec{}, reading{}, errors.New("the controller asked for more metrics than its spec has")
}

func (m *metrics) time(at float64) metav1.Time { return metav1.NewTime(m.t0.Add(seconds(at))) }

// PodMetricses, with List, is metrics.k8s.io.
func (m *metrics) PodMetricses(string) resourceclient.PodMetricsInterface {
	return podMetrics{metrics: m}
}

type podMetrics struct {
	resourceclient.PodMetricsInterface
	*metrics
}

func (m podMetrics) List(context.Context, metav1.ListOptions) (*metricsapi.PodMetricsList, error) {
	spec, r, err := m.take()
	if err != nil {
		return nil, err
	}
	var name corev1.ResourceName
	switch {
	case spec.Resource != nil:
		name = spec.Resource.Name
	case spec.ContainerResource != nil:
		name = spec.ContainerResource.Name
	}
	list := &metricsapi.PodMetricsList{}
	for _, usage := range r.Pods {
		containers := []metricsapi.ContainerMetrics{}
		for _, c := range usage.Containers {
			one := metricsapi.ContainerMetrics{Name: c.Name, Usage: corev1.ResourceList{}}
			if c.Usage != nil {
				one.Usage[name] = c.Usage.DeepCopy()
			}
			containers = append(containers, one)
		}
		for _, podName := range names(usage.Pod, usage.Count) {
			list.Items = append(list.Items, metricsapi.PodMetrics{
				ObjectMeta: metav1.ObjectMeta{Name: podName},
				Timestamp:  m.time(usage.Timestamp),
				Window:     metav1.Duration{Duration: seconds(usage.Window)},
				Containers: containers,
			})
		}
	}
	return list, nil
}

// customMetrics is custom.metrics.k8s.io.
type customMetrics struct{ *metrics }

func (m customMetrics) RootScopedMetrics() customclient.MetricsInterface       { return m }
func (m customMetrics) NamespacedMetrics(string) customclient.MetricsInterface { return m }
func (m customMetrics) GetForObject(schema.GroupKind, string, string, labels.Selector) (*custom.MetricValue, error) {
	_, r, err := m.take()
	if err != nil {
		return nil, err
	}
	if r.Value == nil {
		return nil, errors.New("the scenario has no value for an Object metric")
	}
	return &custom.MetricValue{Timestamp: m.time(0), Value: r.Value.DeepCopy()}, nil
}

func (m customMetrics) GetForObjects(schema.GroupKind, labels.Selector, string, labels.Selector) (*custom.MetricValueList, error) {
	_, r, err := m.take()
	if err != nil {
		return nil, err
	}
	list := &custom.MetricValueList{}
	for _, v := range r.Values {
		for _, podName := range names(v.Pod, v.Count) {
			list.Items = append(list.Items, custom.MetricValue{
				DescribedObject: corev1.ObjectReference{Kind: "Pod", Name: podName},
				Timestamp:       m.time(v.Timestamp),
				WindowSeconds:   v.Window,
				Value:           v.Value.DeepCopy(),
			})
		}
	}
	return list, nil
}

// externalMetrics is external.metrics.k8s.io.
type externalMetrics struct{ *metrics }

func (m externalMetrics) NamespacedMetrics(string) externalclient.MetricsInterface { return m }
func (m externalMetrics) List(metricName string, _ labels.Selector) (*external.ExternalMetricValueList, error) {
	if metricName == otherMetric {
		return nil, errors.New("no values")
	}
	_, r, err := m.take()
	if err != nil {
		return nil, err
	}
	list := &external.ExternalMetricValueList{}
	for _, v := range r.Series {
		list.Items = append(list.Items, external.ExternalMetricValue{MetricName: metricName, Timestamp: m.time(0), Value: v.DeepCopy()})
	}
	return list, nil
}
