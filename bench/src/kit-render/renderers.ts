import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKit } from '@bellows/kit';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import promClient from 'prom-client';

/** Lines of a label set: a counter's, and those of a histogram with 11 buckets. */
const LINES_PER_SET = 15;

/** Makes so many lines of metrics and serves them. @returns the port. */
type Renderer = (lines: number) => Promise<number>;

/** The kit and its peers; each with a counter and a histogram over the same label sets. */
export const RENDERERS: Readonly<Record<string, Renderer>> = {
  kit: async (lines) => {
    const kit = createKit({ adminPort: 0, adminHost: '127.0.0.1', log: () => undefined });
    const labelNames = ['route', 'code'] as const;
    const counter = kit.counter({ name: 'a_total', help: 'A.', labelNames });
    const histogram = kit.histogram({ name: 'a_seconds', help: 'A.', labelNames });
    for (const labels of labelSets(lines)) {
      counter.inc(labels);
      histogram.observe(labels, 0.1);
    }
    await kit.start();
    kit.ready();
    return kit.adminAddress?.port ?? 0;
  },
  'prom-client': (lines) => {
    const labelNames = ['route', 'code'];
    const counter = new promClient.Counter({ name: 'a_total', help: 'A.', labelNames });
    const histogram = new promClient.Histogram({ name: 'a_seconds', help: 'A.', labelNames });
    for (const labels of labelSets(lines)) {
      counter.inc(labels);
      histogram.observe(labels, 0.1);
    }
    return listen(
      createServer((_request, response) => {
        void promClient.register.metrics().then((page) => response.end(page));
      }),
    );
  },
  OpenTelemetry: (lines) => {
    const exporter = new PrometheusExporter({ preventServerStart: true });
    const meter = new MeterProvider({ readers: [exporter] }).getMeter('bench');
    const counter = meter.createCounter('a');
    const histogram = meter.createHistogram('a_seconds');
    for (const labels of labelSets(lines)) {
      counter.add(1, labels);
      histogram.record(0.1, labels);
    }
    return listen(
      createServer((request, response) => {
        exporter.getMetricsRequestHandler(request, response);
      }),
    );
  },
};

function labelSets(lines: number): { route: string; code: number }[] {
  return Array.from({ length: Math.ceil(lines / LINES_PER_SET) }, (_, index) => ({
    route: `/api/v1/things/${index}/:id`,
    code: 200,
  }));
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
