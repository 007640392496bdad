package oracle

import (
	"context"
	"errors"
	"time"

	autoscalingv1 "k8s.io/api/autoscaling/v1"
	corev1 "k8s.io/api/core/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	corelisters "k8s.io/client-go/listers/core/v1"
	scaleclient "k8s.io/client-go/scale"
	"k8s.io/client-go/tools/cache"
)

// target is what the HPA scales: its scale subresource and its pods, as the tick says they are.
type target struct {
	scaleclient.ScaleInterface
	corelisters.PodLister
	journal    *journal
	hpa        string // name of the HPA under test, and of its Deployment
	others     []otherHPA
	scale      scale
	writeError *string
	pods       []*corev1.Pod
	onRead     func() // called when the scale under test is read
}

func newMapper() apimeta.RESTMapper {
	mapper := apimeta.NewDefaultRESTMapper([]schema.GroupVersion{{Group: "apps", Version: "v1"}, {Version: "v1"}})
	for _, kind := range []string{"Deployment", "StatefulSet", "ReplicaSet"} {
		mapper.Add(schema.GroupVersionKind{Group: "apps", Version: "v1", Kind: kind}, apimeta.RESTScopeNamespace)
	}
	mapper.Add(schema.GroupVersionKind{Version: "v1", Kind: "ReplicationController"}, apimeta.RESTScopeNamespace)
	return mapper
}

func (t *target) Scales(string) scaleclient.ScaleInterface { return t }

func (t *target) Get(_ context.Context, _ schema.GroupResource, name string, _ metav1.GetOptions) (*autoscalingv1.Scale, error) {
	for _, other := range t.others {
		if other.Name == name {
			return &autoscalingv1.Scale{
				ObjectMeta: metav1.ObjectMeta{Name: name},
				Spec:       autoscalingv1.ScaleSpec{Replicas: 1},
				Status:     autoscalingv1.ScaleStatus{Replicas: 1, Selector: other.Selector},
			}, nil
		}
	}
	t.onRead()
	if t.scale.Error != nil {
		return nil, errors.New(*t.scale.Error)
	}
	return &autoscalingv1.Scale{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       autoscalingv1.ScaleSpec{Replicas: t.scale.SpecReplicas},
		Status:     autoscalingv1.ScaleStatus{Replicas: t.scale.StatusReplicas, Selector: t.scale.Selector},
	}, nil
}

func (t *target) Update(_ context.Context, _ schema.GroupResource, written *autoscalingv1.Scale, _ metav1.UpdateOptions) (*autoscalingv1.Scale, error) {
	t.journal.wroteScale(written.Spec.Replicas)
	if t.writeError != nil {
		return nil, errors.New(*t.writeError)
	}
	return written, nil
}

// podInformer lists the tick's pods in their order; the controller's own cache would give them in any order.
type podInformer struct {
	cache.SharedIndexInformer
	target *target
}

func (i podInformer) Informer() cache.SharedIndexInformer { return i }
func (i podInformer) Lister() corelisters.PodLister       { return podLister{target: i.target} }
func (i podInformer) HasSynced() bool                     { return true }

type podLister struct {
	corelisters.PodLister
	corelisters.PodNamespaceLister
	target *target
}

func (l podLister) Pods(string) corelisters.PodNamespaceLister { return l }
func (l podLister) List(selector labels.Selector) ([]*corev1.Pod, error) {
	chosen := []*corev1.Pod{}
	for _, p := range l.target.pods {
		if selector.Matches(labels.Set(p.Labels)) {
			chosen = append(chosen, p)
		}
	}
	return chosen, nil
}

func makePods(namespace string, recorded []pod, t0 time.Time) []*corev1.Pod {
	made := []*corev1.Pod{}
	for _, r := range recorded {
		for _, name := range names(r.Name, r.Count) {
			made = append(made, makePod(namespace, name, r, t0))
		}
	}
	return made
}

func makePod(namespace, name string, r pod, t0 time.Time) *corev1.Pod {
	at := func(s *float64) *metav1.Time {
		if s == nil {
			return nil
		}
		t := metav1.NewTime(t0.Add(seconds(*s)))
		return &t
	}
	made := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name, Labels: map[string]string{"app": "web"}, DeletionTimestamp: at(r.DeletionTimestamp)},
		Spec: corev1.PodSpec{
			Containers:     makeContainers(r.Containers),
			InitContainers: makeContainers(r.InitContainers),
			Overhead:       resourceList(r.Overhead),
		},
		Status: corev1.PodStatus{Phase: corev1.PodPhase(r.Phase), StartTime: at(r.StartTime)},
	}
	if r.PodRequests != nil {
		made.Spec.Resources = &corev1.ResourceRequirements{Requests: resourceList(r.PodRequests)}
	}
	if r.Ready != nil {
		ready := corev1.PodCondition{Type: corev1.PodReady, Status: corev1.ConditionStatus(*r.Ready)}
		if since := at(r.ReadyTransitionAt); since != nil {
			ready.LastTransitionTime = *since
		}
		made.Status.Conditions = []corev1.PodCondition{ready}
	}
	return made
}

func makeContainers(recorded []container) []corev1.Container {
	made := []corev1.Container{}
	for _, r := range recorded {
		c := corev1.Container{Name: r.Name, Resources: corev1.ResourceRequirements{Requests: resourceList(r.Requests)}}
		if r.RestartPolicy != "" {
			policy := corev1.ContainerRestartPolicy(r.RestartPolicy)
			c.RestartPolicy = &policy
		}
		made = append(made, c)
	}
	return made
}

func resourceList(quantities map[string]resource.Quantity) corev1.ResourceList {
	if quantities == nil {
		return nil
	}
	list := corev1.ResourceList{}
	for name, q := range quantities {
		list[corev1.ResourceName(name)] = q.DeepCopy()
	}
	return list
}
