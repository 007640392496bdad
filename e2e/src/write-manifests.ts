#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { renderPlainManifests } from './deploy/render-chart.ts';

// Writes the plain manifests anew: `node e2e/dist/write-manifests.js`.
const file = new URL('../../deploy/kubernetes/adapter.yaml', import.meta.url);
writeFileSync(file, await renderPlainManifests());
