package oracle

import (
	"context"
	"encoding/json"
	"fmt"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/autoscaling"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
)

// admit does with a spec what the API server does on create: defaults, drops what a gate forbids, validates. The spec
// comes back even if it was refused, because the controller is to be asked about it all the same.
func admit(h hpaObject, raw json.RawMessage) (autoscalingv2.HorizontalPodAutoscalerSpec, specResult, error) {
	none := autoscalingv2.HorizontalPodAutoscalerSpec{}
	written := &autoscalingv2.HorizontalPodAutoscaler{ObjectMeta: metav1.ObjectMeta{Namespace: h.Namespace, Name: h.Name}}
	if err := json.Unmarshal(raw, &written.Spec); err != nil {
		return none, specResult{}, fmt.Errorf("expected a spec of autoscaling/v2: %w", err)
	}
	legacyscheme.Scheme.Default(written)
	internal := &autoscaling.HorizontalPodAutoscaler{}
	if err := legacyscheme.Scheme.Convert(written, internal, nil); err != nil {
		return none, specResult{}, err
	}
	horizontalpodautoscaler.Strategy.PrepareForCreate(context.Background(), internal)
	answer := specResult{Spec: raw}
	for _, problem := range horizontalpodautoscaler.Strategy.Validate(context.Background(), internal) {
		answer.RejectedByAPI = append(answer.RejectedByAPI, problem.Error())
	}
	stored := &autoscalingv2.HorizontalPodAutoscaler{}
	if err := legacyscheme.Scheme.Convert(internal, stored, nil); err != nil {
		return none, specResult{}, err
	}
	// The way over the wire brings quantities into canonical form, which decides what the controller computes with.
	var err error
	if answer.Defaulted, err = json.Marshal(stored.Spec); err != nil {
		return none, specResult{}, err
	}
	read := autoscalingv2.HorizontalPodAutoscalerSpec{}
	err = json.Unmarshal(answer.Defaulted, &read)
	return read, answer, err
}
