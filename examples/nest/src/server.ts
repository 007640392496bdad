import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { createKit } from '@bellows/kit';
import { nameNestRoutes } from '@bellows/kit/nest';
import { AppModule } from './app-module.ts';

const kit = createKit();
const app = await NestFactory.create(AppModule);
nameNestRoutes(kit, app);
const server = app.getHttpServer() as Server;
kit.attach(server);
// Runs Nest's own shutdown hooks when no request is left.
kit.onClose('nest', () => app.close());

await kit.start();
await app.listen(process.env['PORT'] ?? 8080);
kit.ready();
const { port } = server.address() as AddressInfo;
const adminPort = kit.adminAddress?.port ?? 0;
console.log(`http://localhost:${port}, probes and metrics at port ${adminPort}`);
