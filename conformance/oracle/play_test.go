package oracle

import (
	"context"
	"encoding/json"
	"fmt"
	"testing/synctest"
	"time"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/component-base/featuregate"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/controller/podautoscaler"
	metricsclient "k8s.io/kubernetes/pkg/controller/podautoscaler/metrics"
)

const (
	// before is how long before a tick its circumstances come about, and a new controller process starts.
	before = 500 * time.Millisecond
	// othersBefore is how long before a tick the other HPAs are met by a new controller.
	othersBefore = 250 * time.Millisecond
)

// answer is what a scenario gave.
type answer struct {
	hpa         specResult
	specs       []*specResult // of the ticks that bring one
	results     []result
	finalMemory memory
}

// play is one scenario while it runs. It must be used inside a synctest bubble.
type play struct {
	scenario   scenario
	t0         time.Time // time of the first tick
	journal    *journal
	store      *store
	target     *target
	metrics    *metrics
	spec       autoscalingv2.HorizontalPodAutoscalerSpec
	generation int64
	controller *podautoscaler.HorizontalController
	stop       context.CancelFunc
	waiting    []*autoscalingv2.HorizontalPodAutoscaler // objects a new controller has yet to hear of
}

// needPodLevelResources are the gates that cannot be on without PodLevelResources; the HPA looks at none of them.
var needPodLevelResources = []string{
	"InPlacePodLevelResourcesVerticalScaling", "PodLevelResourcesFixDefaulting", "PodLevelResourcesFixKubeletQOSClass",
}

func setGates(gates map[string]bool) error {
	changes := map[string]bool{}
	for name, on := range gates {
		if utilfeature.DefaultFeatureGate.Enabled(featuregate.Feature(name)) == on {
			continue
		}
		changes[name] = on
		if name == "PodLevelResources" {
			for _, needing := range needPodLevelResources {
				changes[needing] = on
			}
		}
	}
	return utilfeature.DefaultMutableFeatureGate.SetFromMap(changes)
}

func newPlay(s scenario) *play {
	p := &play{scenario: s, t0: time.Now().Add(10 * time.Second), generation: 1, store: newStore(), stop: func() {}}
	p.journal = &journal{name: s.HPA.Name, events: []event{}}
	for _, other := range s.OtherHPAs {
		p.journal.others = append(p.journal.others, "Deployment/"+s.HPA.Namespace+"/"+other.Name+":")
	}
	p.metrics = &metrics{t0: p.t0}
	p.target = &target{journal: p.journal, hpa: s.HPA.Name, others: s.OtherHPAs}
	p.target.onRead = func() {
		p.metrics.begin()
		if p.journal.scaleWriteMissing() {
			p.journal.reconciled()
		}
	}
	current = p.journal
	return p
}

func (p *play) key() string { return p.scenario.HPA.Namespace + "/" + p.scenario.HPA.Name }

// run plays all ticks.
func (p *play) run() (answer, error) {
	defer func() {
		p.stop()
		synctest.Wait()
		current = nil
	}()
	all := answer{specs: make([]*specResult, len(p.scenario.Ticks))}
	var err error
	if p.spec, all.hpa, err = admit(p.scenario.HPA, p.scenario.HPA.Spec); err != nil {
		return all, err
	}
	for i, t := range p.scenario.Ticks {
		if t.HPA != nil {
			made := specResult{}
			if p.spec, made, err = admit(p.scenario.HPA, t.HPA.Spec); err != nil {
				return all, err
			}
			all.specs[i] = &made
			p.generation++
		}
		if err := p.prepare(i, t); err != nil {
			return all, err
		}
		p.begin(i, t)
		got, err := p.observe(t)
		if err != nil {
			return all, err
		}
		all.results = append(all.results, got)
	}
	if p.controller != nil {
		all.finalMemory = recall(p.controller, p.key(), p.t0)
	}
	return all, nil
}

// prepare brings about what a tick finds.
func (p *play) prepare(i int, t tick) error {
	p.journal.clear()
	if t.Trigger == "restart" {
		p.stop()
		synctest.Wait()
		p.waiting = p.store.hideAll()
	}
	if t.Trigger == "recreateAfterGap" {
		p.store.remove(p.scenario.HPA.Name)
	}
	p.sleepUntil(t, before)
	p.see(t)
	switch {
	case i == 0:
		p.waiting = p.firstObjects()
		p.start()
		if p.scenario.InitialMemory != nil {
			implant(p.controller, p.key(), *p.scenario.InitialMemory, p.t0)
		}
	case t.Trigger == "restart":
		p.start()
	case t.Trigger == "recreate":
		p.store.remove(p.scenario.HPA.Name)
	case t.HPA != nil && t.Trigger == "":
		p.putSpec()
	}
	p.sleepUntil(t, othersBefore)
	for _, hpa := range p.waiting {
		if hpa.Name != p.scenario.HPA.Name {
			p.store.put(hpa)
		}
	}
	synctest.Wait()
	if n := len(p.journal.reconciles); n > 0 {
		return fmt.Errorf("expected no reconcile before the tick at %v s, got one at %v s", t.At, p.journal.reconciles[0].Sub(p.t0).Seconds())
	}
	p.journal.clear()
	return nil
}

// begin lets a tick happen: by itself in the controller's rhythm, or by its trigger.
func (p *play) begin(i int, t tick) {
	p.sleepUntil(t, 0)
	switch {
	case i == 0 || t.Trigger == "restart":
		for _, hpa := range p.waiting {
			if hpa.Name == p.scenario.HPA.Name {
				hpa.Spec, hpa.Generation = p.spec, p.generation
				p.store.put(hpa)
			}
		}
	case t.Trigger == "recreate" || t.Trigger == "recreateAfterGap":
		p.store.put(p.object(p.scenario.HPA.Name, p.spec))
	case t.Trigger == "specChange":
		p.putSpec()
	}
	synctest.Wait()
}

func (p *play) sleepUntil(t tick, early time.Duration) {
	time.Sleep(time.Until(p.t0.Add(seconds(t.At) - early)))
}

// see makes the tick's view of the cluster the controller's.
func (p *play) see(t tick) {
	if t.Scale != nil {
		p.target.scale = *t.Scale
	}
	if t.Pods != nil {
		p.target.pods = makePods(p.scenario.HPA.Namespace, *t.Pods, p.t0)
	}
	if t.Metrics != nil {
		p.metrics.readings = *t.Metrics
	}
	p.metrics.specs = p.spec.Metrics
	p.target.writeError = t.ScaleWriteError
}

func (p *play) putSpec() {
	hpa := p.store.get(p.scenario.HPA.Name)
	hpa.Spec, hpa.Generation = p.spec, p.generation
	p.store.put(hpa)
}

func (p *play) object(name string, spec autoscalingv2.HorizontalPodAutoscalerSpec) *autoscalingv2.HorizontalPodAutoscaler {
	return &autoscalingv2.HorizontalPodAutoscaler{
		ObjectMeta: metav1.ObjectMeta{Namespace: p.scenario.HPA.Namespace, Name: name, Generation: p.generation},
		Spec:       *spec.DeepCopy(),
	}
}

// firstObjects are the HPAs at the beginning: the one under test with its status, and the others.
func (p *play) firstObjects() []*autoscalingv2.HorizontalPodAutoscaler {
	hpa := p.object(p.scenario.HPA.Name, p.spec)
	if s := p.scenario.InitialStatus; s != nil {
		hpa.Status.CurrentReplicas, hpa.Status.DesiredReplicas = s.CurrentReplicas, s.DesiredReplicas
		if s.LastScaleTime != nil {
			at := metav1.NewTime(p.t0.Add(seconds(*s.LastScaleTime)))
			hpa.Status.LastScaleTime = &at
		}
		for _, c := range s.Conditions {
			made := autoscalingv2.HorizontalPodAutoscalerCondition{
				Type: autoscalingv2.HorizontalPodAutoscalerConditionType(c.Type), Status: corev1.ConditionStatus(c.Status),
				Reason: c.Reason, Message: c.Message,
			}
			if c.LastTransitionTime != nil {
				made.LastTransitionTime = metav1.NewTime(p.t0.Add(seconds(*c.LastTransitionTime)))
			}
			hpa.Status.Conditions = append(hpa.Status.Conditions, made)
		}
	}
	objects := []*autoscalingv2.HorizontalPodAutoscaler{hpa}
	for _, other := range p.scenario.OtherHPAs {
		one := int32(1)
		objects = append(objects, p.object(other.Name, autoscalingv2.HorizontalPodAutoscalerSpec{
			ScaleTargetRef: autoscalingv2.CrossVersionObjectReference{APIVersion: "apps/v1", Kind: "Deployment", Name: other.Name},
			MinReplicas:    &one,
			MaxReplicas:    1,
			Metrics: []autoscalingv2.MetricSpec{{
				Type:     autoscalingv2.ExternalMetricSourceType,
				External: &autoscalingv2.ExternalMetricSource{Metric: autoscalingv2.MetricIdentifier{Name: otherMetric}},
			}},
		}))
	}
	return objects
}

// start starts a controller process that has heard of no HPA yet.
func (p *play) start() {
	pf := p.scenario.Profile
	ctx, cancel := context.WithCancel(klog.NewContext(context.Background(), p.journal.logger()))
	hpas := hpaInformer{cache.NewSharedIndexInformer(p.store.source(), &autoscalingv2.HorizontalPodAutoscaler{}, seconds(pf.SyncSeconds),
		cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})}
	p.controller = podautoscaler.NewHorizontalController(
		ctx, events{}, p.target, p.store, newMapper(),
		metricsclient.NewRESTMetricsClient(p.metrics, customMetrics{p.metrics}, externalMetrics{p.metrics}),
		hpas, podInformer{target: p.target},
		seconds(pf.SyncSeconds), seconds(pf.DownscaleStabilization), pf.Tolerance,
		seconds(pf.CPUInitialization), seconds(pf.InitialReadinessDelaySeconds),
	)
	go hpas.RunWithContext(ctx)
	synctest.Wait()
	go p.controller.Run(ctx, 1)
	p.stop = cancel
	synctest.Wait()
}

// observe reads what the controller did in a tick.
func (p *play) observe(t tick) (result, error) {
	j := p.journal
	if len(j.reconciles) != 1 {
		return result{}, fmt.Errorf("expected one reconcile at %v s, got %d (errors: %q)", t.At, len(j.reconciles), j.errors)
	}
	if len(j.errors) > 1 {
		return result{}, fmt.Errorf("expected at most one error at %v s, got %q", t.At, j.errors)
	}
	hpa := p.store.get(p.scenario.HPA.Name)
	got := result{
		DesiredReplicas: hpa.Status.DesiredReplicas,
		Proposal:        j.proposal,
		ScaleWrite:      j.scaleWrite,
		Events:          j.events,
		Conditions:      []condition{},
		Status: status{
			CurrentReplicas:    hpa.Status.CurrentReplicas,
			DesiredReplicas:    hpa.Status.DesiredReplicas,
			LastScaleTime:      p.when(hpa.Status.LastScaleTime),
			ObservedGeneration: hpa.Status.ObservedGeneration,
		},
	}
	var err error
	if got.Status.CurrentMetrics, err = json.Marshal(hpa.Status.CurrentMetrics); err != nil {
		return result{}, err
	}
	for _, c := range hpa.Status.Conditions {
		got.Conditions = append(got.Conditions, condition{string(c.Type), string(c.Status), c.Reason, sortNames(c.Message), p.when(&c.LastTransitionTime)})
	}
	if len(j.errors) == 1 {
		text := sortNames(j.errors[0])
		got.Error = &text
	}
	return got, nil
}

// when is a time in the scenario's seconds.
func (p *play) when(at *metav1.Time) *float64 {
	if at.IsZero() {
		return nil
	}
	s := at.Sub(p.t0).Seconds()
	return &s
}

// events takes events as the API server would, and forgets them.
type events struct{ corev1client.EventInterface }

func (e events) Events(string) corev1client.EventInterface { return e }
func (events) CreateWithEventNamespaceWithContext(_ context.Context, e *corev1.Event) (*corev1.Event, error) {
	return e, nil
}
func (events) UpdateWithEventNamespaceWithContext(_ context.Context, e *corev1.Event) (*corev1.Event, error) {
	return e, nil
}
func (events) PatchWithEventNamespaceWithContext(_ context.Context, e *corev1.Event, _ []byte) (*corev1.Event, error) {
	return e, nil
}
func (events) CreateWithEventNamespace(e *corev1.Event) (*corev1.Event, error) { return e, nil }
func (events) UpdateWithEventNamespace(e *corev1.Event) (*corev1.Event, error) { return e, nil }
func (events) PatchWithEventNamespace(e *corev1.Event, _ []byte) (*corev1.Event, error) {
	return e, nil
}
