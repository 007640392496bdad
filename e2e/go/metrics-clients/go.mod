// Kubernetes' own clients of the metrics APIs, asking the adapter.
module bellows.dev/e2e/metrics-clients

go 1.26.0

require (
	k8s.io/apimachinery v0.37.2 // indirect
	k8s.io/client-go v0.37.2 // indirect
	k8s.io/metrics v0.37.2 // indirect
)
