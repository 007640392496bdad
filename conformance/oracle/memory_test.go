package oracle

import (
	"fmt"
	"reflect"
	"time"
	"unsafe"

	"k8s.io/kubernetes/pkg/controller/podautoscaler"
)

// The controller's own types for its memory, which it does not export; mirror checks that they are still the same.
type timestampedRecommendation struct {
	recommendation int32
	timestamp      time.Time
}

type timestampedScaleEvent struct {
	replicaChange int32
	timestamp     time.Time
	outdated      bool
}

// mirror gives access to one of the controller's maps by key of HPA. Only to be used while no worker runs.
func mirror[T any](c *podautoscaler.HorizontalController, name string) map[string][]T {
	field := reflect.ValueOf(c).Elem().FieldByName(name)
	ours := reflect.TypeFor[T]()
	theirs := field.Type().Elem().Elem()
	for i := range max(ours.NumField(), theirs.NumField()) {
		if ours.NumField() != theirs.NumField() || ours.Field(i).Name != theirs.Field(i).Name || ours.Field(i).Type != theirs.Field(i).Type {
			panic(fmt.Sprintf("the controller's %s is not what this oracle knows: %v", name, theirs))
		}
	}
	return *(*map[string][]T)(unsafe.Pointer(field.UnsafeAddr()))
}

// implant gives the controller memory it would have from reconciles before the first tick.
func implant(c *podautoscaler.HorizontalController, key string, m memory, t0 time.Time) {
	if m.Recommendations != nil {
		list := []timestampedRecommendation{}
		for _, r := range m.Recommendations {
			list = append(list, timestampedRecommendation{r.Replicas, t0.Add(seconds(r.At))})
		}
		mirror[timestampedRecommendation](c, "recommendations")[key] = list
	}
	for name, changes := range map[string][]pastChange{"scaleUpEvents": m.ScaleUpEvents, "scaleDownEvents": m.ScaleDownEvents} {
		if changes == nil {
			continue
		}
		list := []timestampedScaleEvent{}
		for _, e := range changes {
			list = append(list, timestampedScaleEvent{e.Change, t0.Add(seconds(e.At)), e.Outdated})
		}
		mirror[timestampedScaleEvent](c, name)[key] = list
	}
}

// recall reads what the controller remembers.
func recall(c *podautoscaler.HorizontalController, key string, t0 time.Time) memory {
	m := memory{Recommendations: []pastReplicas{}, ScaleUpEvents: []pastChange{}, ScaleDownEvents: []pastChange{}}
	for _, r := range mirror[timestampedRecommendation](c, "recommendations")[key] {
		m.Recommendations = append(m.Recommendations, pastReplicas{r.timestamp.Sub(t0).Seconds(), r.recommendation})
	}
	changes := func(name string) []pastChange {
		list := []pastChange{}
		for _, e := range mirror[timestampedScaleEvent](c, name)[key] {
			list = append(list, pastChange{e.timestamp.Sub(t0).Seconds(), e.replicaChange, e.outdated})
		}
		return list
	}
	m.ScaleUpEvents = changes("scaleUpEvents")
	m.ScaleDownEvents = changes("scaleDownEvents")
	return m
}
