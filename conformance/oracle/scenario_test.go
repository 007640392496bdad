package oracle

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
)

// scenario is a line of conformance/vectors/hpa; its README says what the fields mean.
type scenario struct {
	Name          string         `json:"name"`
	Profile       profile        `json:"profile"`
	HPA           hpaObject      `json:"hpa"`
	InitialStatus *initialStatus `json:"initialStatus"`
	InitialMemory *memory        `json:"initialMemory"`
	OtherHPAs     []otherHPA     `json:"otherHpas"`
	Ticks         []tick         `json:"ticks"`
}

type profile struct {
	Tolerance                    float64         `json:"tolerance"`
	DownscaleStabilization       float64         `json:"downscaleStabilizationSeconds"`
	CPUInitialization            float64         `json:"cpuInitializationSeconds"`
	InitialReadinessDelaySeconds float64         `json:"initialReadinessDelaySeconds"`
	SyncSeconds                  float64         `json:"syncSeconds"`
	FeatureGates                 map[string]bool `json:"featureGates"`
}

type hpaObject struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	recordedSpec
}

// recordedSpec is a spec as a user writes it.
type recordedSpec struct {
	Spec json.RawMessage `json:"spec"`
}

type otherHPA struct {
	Name     string `json:"name"`
	Selector string `json:"selector"`
}

type initialStatus struct {
	CurrentReplicas int32       `json:"currentReplicas"`
	DesiredReplicas int32       `json:"desiredReplicas"`
	LastScaleTime   *float64    `json:"lastScaleTime"`
	Conditions      []condition `json:"conditions"`
}

type condition struct {
	Type               string   `json:"type"`
	Status             string   `json:"status"`
	Reason             string   `json:"reason"`
	Message            string   `json:"message"`
	LastTransitionTime *float64 `json:"lastTransitionTime"`
}

// memory is what the controller remembers of one HPA; nil lists are lists it does not have.
type memory struct {
	Recommendations []pastReplicas `json:"recommendations"`
	ScaleUpEvents   []pastChange   `json:"scaleUpEvents"`
	ScaleDownEvents []pastChange   `json:"scaleDownEvents"`
}

type pastReplicas struct {
	At       float64 `json:"at"`
	Replicas int32   `json:"replicas"`
}

type pastChange struct {
	At       float64 `json:"at"`
	Change   int32   `json:"change"`
	Outdated bool    `json:"outdated"`
}

type tick struct {
	At              float64       `json:"at"`
	Trigger         string        `json:"trigger"`
	HPA             *recordedSpec `json:"hpa"`
	Scale           *scale        `json:"scale"`
	Pods            *[]pod        `json:"pods"`
	Metrics         *[]reading    `json:"metrics"`
	ScaleWriteError *string       `json:"scaleWriteError"`
}

type scale struct {
	SpecReplicas   int32   `json:"specReplicas"`
	StatusReplicas int32   `json:"statusReplicas"`
	Selector       string  `json:"selector"`
	Error          *string `json:"error"`
}

type pod struct {
	Name              string                       `json:"name"`
	Count             int                          `json:"count"`
	Phase             string                       `json:"phase"`
	Ready             *string                      `json:"ready"`
	ReadyTransitionAt *float64                     `json:"readyTransitionAt"`
	StartTime         *float64                     `json:"startTime"`
	DeletionTimestamp *float64                     `json:"deletionTimestamp"`
	Containers        []container                  `json:"containers"`
	InitContainers    []container                  `json:"initContainers"`
	PodRequests       map[string]resource.Quantity `json:"podRequests"`
	Overhead          map[string]resource.Quantity `json:"overhead"`
}

type container struct {
	Name          string                       `json:"name"`
	Requests      map[string]resource.Quantity `json:"requests"`
	RestartPolicy string                       `json:"restartPolicy"`
}

// reading is what one metric's API answers; exactly one field is set.
type reading struct {
	Error  *string             `json:"error"`
	Pods   []podUsage          `json:"pods"`
	Values []podValue          `json:"values"`
	Value  *resource.Quantity  `json:"value"`
	Series []resource.Quantity `json:"series"`
}

type podUsage struct {
	Pod        string           `json:"pod"`
	Count      int              `json:"count"`
	Timestamp  float64          `json:"timestamp"`
	Window     float64          `json:"window"`
	Containers []containerUsage `json:"containers"`
}

type containerUsage struct {
	Name  string             `json:"name"`
	Usage *resource.Quantity `json:"usage"`
}

type podValue struct {
	Pod       string            `json:"pod"`
	Count     int               `json:"count"`
	Value     resource.Quantity `json:"value"`
	Timestamp float64           `json:"timestamp"`
	Window    *int64            `json:"window"`
}

// specResult is a spec with what the API server makes of it.
type specResult struct {
	Spec          json.RawMessage `json:"spec"`
	Defaulted     json.RawMessage `json:"defaulted"`
	RejectedByAPI []string        `json:"rejectedByApi,omitempty"`
}

// result is what the controller did in one reconcile.
type result struct {
	DesiredReplicas int32       `json:"desiredReplicas"`
	Proposal        *proposal   `json:"proposal"`
	ScaleWrite      *int32      `json:"scaleWrite"`
	Status          status      `json:"status"`
	Conditions      []condition `json:"conditions"`
	Events          []event     `json:"events"`
	Error           *string     `json:"error"`
}

type proposal struct {
	Replicas int32  `json:"replicas"`
	Metric   string `json:"metric"`
}

type status struct {
	CurrentReplicas    int32           `json:"currentReplicas"`
	DesiredReplicas    int32           `json:"desiredReplicas"`
	LastScaleTime      *float64        `json:"lastScaleTime"`
	ObservedGeneration *int64          `json:"observedGeneration,omitempty"`
	CurrentMetrics     json.RawMessage `json:"currentMetrics"`
}

type event struct {
	Type    string `json:"type"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

// seconds is a scenario's time as a duration, to the nanosecond.
func seconds(s float64) time.Duration {
	return time.Duration(math.Round(s * 1e9))
}

var numbered = regexp.MustCompile(`^(.*?)(\d+)$`)

// names says what an entry with a count stands for: web-3 with 2 is web-3 and web-4.
func names(first string, count int) []string {
	parts := numbered.FindStringSubmatch(first)
	if count <= 1 || parts == nil {
		return []string{first}
	}
	from, _ := strconv.Atoi(parts[2])
	all := make([]string, count)
	for i := range all {
		all[i] = parts[1] + strconv.Itoa(from+i)
	}
	return all
}
