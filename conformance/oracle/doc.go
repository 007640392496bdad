// Package oracle runs the HorizontalPodAutoscaler controller of Kubernetes v1.37.2 in virtual time and says what it did.
//
// It reads scenarios from standard input, one JSON object a line, in the form of conformance/vectors/hpa/README.md
// (what a line expects is ignored), and answers each with the same scenario and what the controller did in it. The
// controller is Kubernetes' own, with its own work queue, informers and metrics client. Only what it talks to is ours:
// the scale, the pods, the three metrics APIs and the HPA object.
//
// Everything is in test files because testing/synctest, which gives virtual time, is only to be had in tests:
//
//	go test -c -o oracle.test . && ./oracle.test -test.run '^TestOracle$' -test.timeout 0 < scenarios.jsonl
package oracle
