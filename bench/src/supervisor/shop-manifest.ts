/** What {@link shopManifest} leaves open. */
export interface ShopManifestOptions {
  readonly replicas: number;
  /** The Service's port, from 1024 on. */
  readonly servicePort: number;
  /** Command of the container, a program and one argument. */
  readonly command: readonly [program: string, argument: string];
  /** Startup and readiness each second, liveness every ten; without them a pod is ready as soon as it runs. */
  readonly isProbed: boolean;
}

const PROBES = `
          startupProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1, failureThreshold: 60 }
          readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }
          livenessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 10 }`;

/** Deployment, Service and HPA of a small service, as one YAML text. */
export function shopManifest(options: ShopManifestOptions): string {
  const { replicas, servicePort, command, isProbed } = options;
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: idle }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: idle } }
  template:
    metadata: { labels: { app: idle } }
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: app
          image: idle
          command: ${JSON.stringify(command)}
          ports: [{ name: metrics, containerPort: 8080 }]
          resources: { requests: { cpu: 100m } }${isProbed ? PROBES : ''}
---
apiVersion: v1
kind: Service
metadata: { name: idle }
spec:
  selector: { app: idle }
  ports: [{ port: ${servicePort}, targetPort: 8080 }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: idle }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: idle }
  minReplicas: ${replicas}
  maxReplicas: ${replicas}
  metrics:
    - type: Pods
      pods:
        metric: { name: http_requests_per_second }
        target: { type: AverageValue, averageValue: 10 }
    - type: Pods
      pods:
        metric: { name: queue_length }
        target: { type: AverageValue, averageValue: 10 }
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } }
`;
}
