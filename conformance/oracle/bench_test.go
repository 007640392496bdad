package oracle

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"syscall"
	"testing"
	"time"
	"unsafe" // for go:linkname too

	"github.com/go-logr/logr"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	scaleclient "k8s.io/client-go/scale"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/controller/podautoscaler"
	metricsclient "k8s.io/kubernetes/pkg/controller/podautoscaler/metrics"
	custom "k8s.io/metrics/pkg/apis/custom_metrics/v1beta2"
	customclient "k8s.io/metrics/pkg/client/custom_metrics"
)

//go:linkname reconcileAutoscaler k8s.io/kubernetes/pkg/controller/podautoscaler.(*HorizontalController).reconcileAutoscaler
func reconcileAutoscaler(*podautoscaler.HorizontalController, context.Context, *autoscalingv2.HorizontalPodAutoscaler, string) error

//go:linkname computeReplicasForMetrics k8s.io/kubernetes/pkg/controller/podautoscaler.(*HorizontalController).computeReplicasForMetrics
func computeReplicasForMetrics(*podautoscaler.HorizontalController, context.Context, *autoscalingv2.HorizontalPodAutoscaler, *autoscalingv1.Scale, []autoscalingv2.MetricSpec) (int32, string, []autoscalingv2.MetricStatus, time.Time, error)

//go:linkname normalizeDesiredReplicasWithBehaviors k8s.io/kubernetes/pkg/controller/podautoscaler.(*HorizontalController).normalizeDesiredReplicasWithBehaviors
func normalizeDesiredReplicasWithBehaviors(*podautoscaler.HorizontalController, *autoscalingv2.HorizontalPodAutoscaler, string, int32, int32, int32) int32

const (
	// benchKey is the HPA that is measured: one Pods metric with a target of 10, behavior {}.
	benchKey = "default/shop"
	// keptRecommendations is what a window of 300 s holds at one decision each 15 s; time stands nearly still here.
	keptRecommendations = 20
)

// benchQuestion is one measurement.
type benchQuestion struct {
	Pods    int     `json:"pods"`
	Seconds float64 `json:"seconds"`
	// Whole is the whole reconcile with what it reads and writes in memory; else the calculation alone: selector,
	// metrics, replica calculator, conditions, stabilization, policies and range.
	Whole bool `json:"whole"`
}

// TestBench answers each line of standard input, a benchQuestion, with {"perSecond": decisions per second of CPU}. Values,
// pods and HPA are those of bench/src/hpa.
func TestBench(t *testing.T) {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		q := benchQuestion{}
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		perSecond, err := measure(q)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("{\"perSecond\": %g}\n", perSecond)
	}
}

// measure counts decisions per second of CPU, that of the garbage collector included.
func measure(q benchQuestion) (float64, error) {
	b, err := newBenched(q.Pods)
	if err != nil {
		return 0, err
	}
	defer b.stop()
	once := b.calculate
	if q.Whole {
		once = b.reconcile
	}
	before, end, count := cpuSeconds(), time.Now().Add(seconds(q.Seconds)), 0
	for batch := max(1, 1000/q.Pods); time.Now().Before(end); count += batch {
		for range batch {
			if err := once(); err != nil {
				return 0, err
			}
		}
	}
	return float64(count) / (cpuSeconds() - before), nil
}

func cpuSeconds() float64 {
	usage := syscall.Rusage{}
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

// benched is a controller with one HPA and all that it asks in memory.
type benched struct {
	ctx        context.Context
	stop       context.CancelFunc
	controller *podautoscaler.HorizontalController
	hpa        *autoscalingv2.HorizontalPodAutoscaler
	scale      *autoscalingv1.Scale
	values     *benchValues
	tick       int
}

func newBenched(podCount int) (*benched, error) {
	ctx, cancel := context.WithCancel(klog.NewContext(context.Background(), logr.Discard()))
	pods, values := benchPods(podCount)
	s := newStore()
	s.put(benchHPA(int32(podCount)))
	scale := &autoscalingv1.Scale{
		Spec:   autoscalingv1.ScaleSpec{Replicas: int32(podCount)},
		Status: autoscalingv1.ScaleStatus{Replicas: int32(podCount), Selector: "app=shop"},
	}
	hpas := hpaInformer{cache.NewSharedIndexInformer(s.source(), &autoscalingv2.HorizontalPodAutoscaler{}, 0,
		cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})}
	b := &benched{ctx: ctx, stop: cancel, hpa: s.get("shop"), scale: scale, values: values}
	b.controller = podautoscaler.NewHorizontalController(
		ctx, events{}, benchScales{scale: scale}, s, newMapper(),
		metricsclient.NewRESTMetricsClient(nil, values, nil),
		hpas, podInformer{target: &target{pods: pods}},
		15*time.Second, 5*time.Minute, 0.1, 5*time.Minute, 30*time.Second,
	)
	dropEvents(b.controller)
	go hpas.RunWithContext(ctx)
	// The controller takes the HPA for registered when it has heard of it.
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		err := b.calculate()
		if err == nil || time.Now().After(deadline) {
			return b, err
		}
	}
}

// dropEvents makes the controller's events cost no more than their text: at this rate their queue would only overflow.
func dropEvents(c *podautoscaler.HorizontalController) {
	field := reflect.ValueOf(c).Elem().FieldByName("eventRecorder")
	*(*record.EventRecorder)(unsafe.Pointer(field.UnsafeAddr())) = &record.FakeRecorder{}
}

// calculate is what the controller does between reading the scale and writing it.
func (b *benched) calculate() error {
	b.next()
	current := b.scale.Spec.Replicas
	desired, _, _, _, err := computeReplicasForMetrics(b.controller, b.ctx, b.hpa, b.scale, b.hpa.Spec.Metrics)
	if err != nil {
		return err
	}
	normalizeDesiredReplicasWithBehaviors(b.controller, b.hpa, benchKey, current, desired, *b.hpa.Spec.MinReplicas)
	return nil
}

// reconcile is the whole: it copies the HPA, reads and writes the scale, and writes the status.
func (b *benched) reconcile() error {
	b.next()
	return reconcileAutoscaler(b.controller, b.ctx, b.hpa, benchKey)
}

// next brings other values, and a memory as long as the controller's own rhythm would leave it.
func (b *benched) next() {
	b.tick++
	b.values.now = b.tick % len(b.values.lists)
	keepLast(mirror[timestampedRecommendation](b.controller, "recommendations"), keptRecommendations)
	keepLast(mirror[timestampedScaleEvent](b.controller, "scaleUpEvents"), 1)
	keepLast(mirror[timestampedScaleEvent](b.controller, "scaleDownEvents"), 1)
}

func keepLast[T any](lists map[string][]T, count int) {
	if list := lists[benchKey]; len(list) > count {
		lists[benchKey] = append(list[:0], list[len(list)-count:]...)
	}
}

func benchHPA(podCount int32) *autoscalingv2.HorizontalPodAutoscaler {
	one, target, max := int32(1), resource.MustParse("10"), autoscalingv2.MaxChangePolicySelect
	zero := int32(0)
	percent := autoscalingv2.HPAScalingPolicy{Type: autoscalingv2.PercentScalingPolicy, Value: 100, PeriodSeconds: 15}
	four := autoscalingv2.HPAScalingPolicy{Type: autoscalingv2.PodsScalingPolicy, Value: 4, PeriodSeconds: 15}
	return &autoscalingv2.HorizontalPodAutoscaler{
		ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: "shop", Generation: 1},
		Spec: autoscalingv2.HorizontalPodAutoscalerSpec{
			ScaleTargetRef: autoscalingv2.CrossVersionObjectReference{APIVersion: "apps/v1", Kind: "Deployment", Name: "shop"},
			MinReplicas:    &one,
			MaxReplicas:    2 * podCount,
			Metrics: []autoscalingv2.MetricSpec{{
				Type: autoscalingv2.PodsMetricSourceType,
				Pods: &autoscalingv2.PodsMetricSource{
					Metric: autoscalingv2.MetricIdentifier{Name: "rps"},
					Target: autoscalingv2.MetricTarget{Type: autoscalingv2.AverageValueMetricType, AverageValue: &target},
				},
			}},
			Behavior: &autoscalingv2.HorizontalPodAutoscalerBehavior{
				ScaleUp: &autoscalingv2.HPAScalingRules{StabilizationWindowSeconds: &zero, SelectPolicy: &max,
					Policies: []autoscalingv2.HPAScalingPolicy{four, percent}},
				ScaleDown: &autoscalingv2.HPAScalingRules{SelectPolicy: &max, Policies: []autoscalingv2.HPAScalingPolicy{percent}},
			},
		},
	}
}

// benchPods makes running, ready pods and four rounds of values for them, as bench/src/hpa does.
func benchPods(count int) ([]*corev1.Pod, *benchValues) {
	started := metav1.NewTime(time.Now().Add(-time.Minute))
	pods, values := []*corev1.Pod{}, &benchValues{}
	for i := range count {
		pods = append(pods, &corev1.Pod{
			ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: fmt.Sprintf("shop-5d8f7c9b4-%d", i), Labels: map[string]string{"app": "shop"}},
			Status: corev1.PodStatus{Phase: corev1.PodRunning, StartTime: &started,
				Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue, LastTransitionTime: started}}},
		})
	}
	for _, value := range []int{9, 11, 10, 13} {
		list := &custom.MetricValueList{}
		for i, pod := range pods {
			list.Items = append(list.Items, custom.MetricValue{
				DescribedObject: corev1.ObjectReference{Kind: "Pod", Name: pod.Name},
				Timestamp:       started,
				Value:           *resource.NewQuantity(int64(value+i%3), resource.DecimalSI),
			})
		}
		values.lists = append(values.lists, list)
	}
	return pods, values
}

// benchValues is custom.metrics.k8s.io with its answers ready: neither network nor decoding is measured.
type benchValues struct {
	lists []*custom.MetricValueList
	now   int
}

func (v *benchValues) RootScopedMetrics() customclient.MetricsInterface       { return v }
func (v *benchValues) NamespacedMetrics(string) customclient.MetricsInterface { return v }
func (v *benchValues) GetForObject(schema.GroupKind, string, string, labels.Selector) (*custom.MetricValue, error) {
	return nil, fmt.Errorf("not measured")
}
func (v *benchValues) GetForObjects(schema.GroupKind, labels.Selector, string, labels.Selector) (*custom.MetricValueList, error) {
	return v.lists[v.now], nil
}

// benchScales reads the same scale every time and forgets what is written.
type benchScales struct {
	scaleclient.ScaleInterface
	scale *autoscalingv1.Scale
}

func (s benchScales) Scales(string) scaleclient.ScaleInterface { return s }
func (s benchScales) Get(context.Context, schema.GroupResource, string, metav1.GetOptions) (*autoscalingv1.Scale, error) {
	return s.scale.DeepCopy(), nil
}
func (s benchScales) Update(_ context.Context, _ schema.GroupResource, written *autoscalingv1.Scale, _ metav1.UpdateOptions) (*autoscalingv1.Scale, error) {
	return written, nil
}
