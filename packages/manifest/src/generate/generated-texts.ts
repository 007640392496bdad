/** What the generated texts are made from; all of it valid. */
export interface GeneratedValues {
  readonly name: string;
  readonly command: readonly string[];
  readonly port: number;
  readonly cpuRequest: string;
  readonly cpuUtilizationPercent: number;
  readonly maxReplicas: number;
  readonly preStopSeconds: number;
  /** Folder of the processes, relative to the manifest's; absent leaves it to Bellows. */
  readonly workingDirectory?: string;
}

/** The text of `deployment.yaml`. */
export function deploymentText(values: GeneratedValues): string {
  const { name, command, port, cpuRequest, preStopSeconds, workingDirectory } = values;
  // Kubernetes expands $(NAME) in a command; a doubled dollar sign keeps the words as they were typed.
  const words = command.map((word) => JSON.stringify(word.replaceAll('$(', '$$$$('))).join(', ');
  const annotations =
    workingDirectory === undefined
      ? ''
      : `
      annotations:
        # Where the command runs on this machine, seen from this file; a cluster does not look at it.
        bellows.dev/working-directory: ${JSON.stringify(workingDirectory)}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${quoted(name)}
  labels:
    app.kubernetes.io/name: ${quoted(name)}
spec:
  # No replicas: the HorizontalPodAutoscaler sets them.
  selector:
    matchLabels:
      app.kubernetes.io/name: ${quoted(name)}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${quoted(name)}${annotations}
    spec:
      containers:
        - name: ${quoted(name)}
          # Bellows runs the command on this machine and pulls no image. For a cluster, put your image here.
          image: example.com/${name}:0.1.0
          command: [${words}]
          env:
            - name: PORT
              value: "${port}"
          ports:
            - name: http
              containerPort: ${port}
          resources:
            requests:
              # The HorizontalPodAutoscaler measures CPU as a percentage of this.
              cpu: ${cpuRequest}
          readinessProbe:
            tcpSocket:
              port: http
            periodSeconds: 1
          lifecycle:
            preStop:
              # Connections that are on their way when the pod is removed still find it.
              sleep:
                seconds: ${preStopSeconds}
`;
}

/** The text of `service.yaml`. */
export function serviceText({ name }: GeneratedValues): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${quoted(name)}
  labels:
    app.kubernetes.io/name: ${quoted(name)}
spec:
  selector:
    app.kubernetes.io/name: ${quoted(name)}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

/** The text of `hpa.yaml`. */
export function hpaText({ name, cpuUtilizationPercent, maxReplicas }: GeneratedValues): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${quoted(name)}
  labels:
    app.kubernetes.io/name: ${quoted(name)}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${quoted(name)}
  minReplicas: 1
  maxReplicas: ${maxReplicas}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: ${cpuUtilizationPercent}
`;
}

/** A name that YAML would read as a number or a boolean needs quotes: \`1\`, \`on\`. */
function quoted(name: string): string {
  return /^(?:[a-z][a-z0-9-]{3,})$/.test(name) && !/^(?:true|false|null)$/.test(name)
    ? name
    : JSON.stringify(name);
}
