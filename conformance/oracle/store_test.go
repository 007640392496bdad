package oracle

import (
	"context"
	"strconv"
	"sync"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
	autoscalingclient "k8s.io/client-go/kubernetes/typed/autoscaling/v2"
	autoscalinglisters "k8s.io/client-go/listers/autoscaling/v2"
	"k8s.io/client-go/tools/cache"
)

// store holds the HPA objects as the API server does: versions that count up, watchers that hear of each change.
type store struct {
	autoscalingclient.HorizontalPodAutoscalerInterface
	mu       sync.Mutex
	version  int
	objects  map[string]*autoscalingv2.HorizontalPodAutoscaler
	watchers []*watch.FakeWatcher
}

func newStore() *store {
	return &store{objects: map[string]*autoscalingv2.HorizontalPodAutoscaler{}}
}

func (s *store) HorizontalPodAutoscalers(string) autoscalingclient.HorizontalPodAutoscalerInterface {
	return s
}

// put creates or replaces an object.
func (s *store) put(hpa *autoscalingv2.HorizontalPodAutoscaler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, existed := s.objects[hpa.Name]
	s.version++
	kept := hpa.DeepCopy()
	kept.ResourceVersion = strconv.Itoa(s.version)
	if !existed {
		kept.UID = types.UID("uid-" + kept.ResourceVersion)
	}
	s.objects[hpa.Name] = kept
	for _, w := range s.watchers {
		if existed {
			w.Modify(kept.DeepCopy())
		} else {
			w.Add(kept.DeepCopy())
		}
	}
}

func (s *store) remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hpa, exists := s.objects[name]
	if !exists {
		return
	}
	s.version++
	delete(s.objects, name)
	hpa.ResourceVersion = strconv.Itoa(s.version)
	for _, w := range s.watchers {
		w.Delete(hpa.DeepCopy())
	}
}

func (s *store) get(name string) *autoscalingv2.HorizontalPodAutoscaler {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.objects[name].DeepCopy()
}

// UpdateStatus is what the controller calls after a reconcile that changed the status.
func (s *store) UpdateStatus(_ context.Context, hpa *autoscalingv2.HorizontalPodAutoscaler, _ metav1.UpdateOptions) (*autoscalingv2.HorizontalPodAutoscaler, error) {
	changed := s.get(hpa.Name)
	changed.Status = *hpa.Status.DeepCopy()
	s.put(changed)
	return s.get(hpa.Name), nil
}

// hideAll makes a new controller find no object at first, so that the moment it hears of each is ours to choose.
func (s *store) hideAll() []*autoscalingv2.HorizontalPodAutoscaler {
	s.mu.Lock()
	defer s.mu.Unlock()
	hidden := []*autoscalingv2.HorizontalPodAutoscaler{}
	for name, hpa := range s.objects {
		hidden = append(hidden, hpa)
		delete(s.objects, name)
	}
	s.watchers = nil
	return hidden
}

// source is how an informer lists and watches.
type source struct{ *cache.ListWatch }

// IsWatchListSemanticsUnSupported makes the informer list first and then watch.
func (source) IsWatchListSemanticsUnSupported() bool { return true }

func (s *store) source() source {
	return source{&cache.ListWatch{
		ListWithContextFunc: func(context.Context, metav1.ListOptions) (runtime.Object, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			list := &autoscalingv2.HorizontalPodAutoscalerList{}
			list.ResourceVersion = strconv.Itoa(s.version)
			for _, hpa := range s.objects {
				list.Items = append(list.Items, *hpa.DeepCopy())
			}
			return list, nil
		},
		WatchFuncWithContext: func(context.Context, metav1.ListOptions) (watch.Interface, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			w := watch.NewFakeWithChanSize(100, false)
			s.watchers = append(s.watchers, w)
			return w, nil
		},
	}}
}

// hpaInformer is the real informer over our store.
type hpaInformer struct{ cache.SharedIndexInformer }

func (i hpaInformer) Informer() cache.SharedIndexInformer { return i.SharedIndexInformer }
func (i hpaInformer) Lister() autoscalinglisters.HorizontalPodAutoscalerLister {
	return autoscalinglisters.NewHorizontalPodAutoscalerLister(i.GetIndexer())
}
