package oracle

import (
	"context"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-logr/logr"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/klog/v2"
)

// journal takes down what the controller does to the HPA under test, until it is emptied.
type journal struct {
	mu         sync.Mutex
	name       string
	others     []string    // references of the other HPAs' targets, as errors have them
	reconciles []time.Time // each reconcile, known by its first reading of the scale
	proposal   *proposal
	scaleWrite *int32
	events     []event
	errors     []string
}

func (j *journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.reconciles, j.proposal, j.scaleWrite, j.events, j.errors = nil, nil, nil, []event{}, nil
}

func (j *journal) reconciled() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.reconciles = append(j.reconciles, time.Now())
}

func (j *journal) wroteScale(replicas int32) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.scaleWrite = &replicas
}

// current is the journal of the scenario that runs: Kubernetes hands returned errors to a list of handlers that is a
// global variable. Scenarios run one after the other.
var current *journal

func init() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	utilruntime.ErrorHandlers = []utilruntime.ErrorHandler{
		func(_ context.Context, err error, msg string, _ ...interface{}) {
			j := current
			if j == nil {
				return
			}
			j.mu.Lock()
			defer j.mu.Unlock()
			if err != nil {
				msg = err.Error()
			}
			if slices.ContainsFunc(j.others, func(other string) bool { return strings.Contains(msg, other) }) {
				return
			}
			j.errors = append(j.errors, msg)
			// Where the spec itself is at fault, the scale is not read.
			if len(j.reconciles) == 0 {
				j.reconciles = append(j.reconciles, time.Now())
			}
		},
	}
}

// logger makes a logger from whose lines the journal learns proposals (the controller's own line says the result of
// all metrics before limits) and events (its event broadcaster logs each before any is dropped or merged).
func (j *journal) logger() klog.Logger {
	return logr.New(sink{j})
}

type sink struct{ journal *journal }

func (sink) Init(logr.RuntimeInfo)            {}
func (sink) Enabled(level int) bool           { return level <= 4 }
func (sink) Error(error, string, ...any)      {}
func (s sink) WithValues(...any) logr.LogSink { return s }
func (s sink) WithName(string) logr.LogSink   { return s }
func (s sink) Info(_ int, msg string, pairs ...any) {
	switch msg {
	case "Proposing desired replicas", "Proposing desired replicas from zero":
		replicas, metric := value[int32](pairs, "desiredReplicas"), value[string](pairs, "metric")
		s.journal.mu.Lock()
		defer s.journal.mu.Unlock()
		s.journal.proposal = &proposal{replicas, metric}
	case "Event occurred":
		if value[klog.ObjectRef](pairs, "object").Name != s.journal.name {
			return
		}
		e := event{value[string](pairs, "type"), value[string](pairs, "reason"), sortNames(value[string](pairs, "message"))}
		s.journal.mu.Lock()
		defer s.journal.mu.Unlock()
		s.journal.events = append(s.journal.events, e)
	}
}

func value[T any](pairs []any, key string) T {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == key {
			return pairs[i+1].(T)
		}
	}
	panic("no " + key + " in a line of the log")
}

var twoNames = regexp.MustCompile(`controlled by more than one HPA \(e\.g\. \[(\S+) (\S+)\]\)`)

// sortNames brings the two HPAs of an AmbiguousSelector message, which come from a map, into one order.
func sortNames(message string) string {
	at := twoNames.FindStringSubmatchIndex(message)
	if at == nil || message[at[2]:at[3]] <= message[at[4]:at[5]] {
		return message
	}
	return message[:at[2]] + message[at[4]:at[5]] + " " + message[at[2]:at[3]] + message[at[5]:]
}

// scaleWriteMissing says that the scale was not written yet: after a failed write it is read a second time.
func (j *journal) scaleWriteMissing() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.scaleWrite == nil
}
