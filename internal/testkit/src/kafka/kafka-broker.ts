import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { freePort, startDatabase, type Database } from '../databases/database.ts';
import { waitUntil } from '../wait-until.ts';
import { KAFKA_JARS } from './kafka-jars.ts';

/** A Kafka cluster of one broker, which is its controller too. */
export interface KafkaBroker extends AsyncDisposable {
  /** `host:port` in the clear. */
  readonly plain: string;
  /** `host:port` with TLS and SASL; the user is `bellows`. */
  readonly secure: string;
}

/** What its listener with TLS and SASL needs. */
export interface KafkaSecurity {
  /** Key and certificate of `localhost`, in PEM. */
  readonly certificate: { readonly key: string; readonly cert: string };
  /** Of the user `bellows`, by SCRAM-SHA-512. */
  readonly password: string;
}

const MAVEN = 'https://repo1.maven.org/maven2/';
const START_TIMEOUT_MS = 90_000;
const DOWNLOADS_AT_ONCE = 6;
/** Ends the broker when standard input does, which it does with this process, however it ends. */
const WITH_PARENT = `exec 3<&0
"$@" 3<&- & broker=$!
(read -r _ <&3; kill -KILL $broker) & guard=$!
trap 'kill -KILL $broker $guard' TERM
wait $broker`;

/** Starts one on free ports of this machine. The first time on a machine its jars are fetched from Maven Central. */
export async function startKafka({ certificate, password }: KafkaSecurity): Promise<KafkaBroker> {
  const jars = await kafkaJars();
  const securePort = await freePort();
  const controllerPort = await freePort();
  const database: Database = await startDatabase(async (data, port) => {
    const pem = join(data, 'broker.pem');
    await writeFile(pem, `${certificate.key}\n${certificate.cert}`);
    const properties = join(data, 'server.properties');
    await writeFile(properties, propertiesOf({ data, port, securePort, controllerPort, pem }));
    const java = [
      '-Xmx384m',
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-cp',
      join(jars, '*'),
    ];
    const user = `SCRAM-SHA-512=[name=bellows,password=${password}]`;
    const format = ['kafka.tools.StorageTool', 'format', '--standalone', '-t', CLUSTER_ID];
    execFileSync('java', [...java, ...format, '-c', properties, '-S', user], { stdio: 'pipe' });
    const child = spawn(
      'sh',
      ['-c', WITH_PARENT, 'sh', 'java', ...java, 'kafka.Kafka', properties],
      {
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    );
    await waitUntil('Kafka', () => isListening(port), {
      timeoutMs: START_TIMEOUT_MS,
      intervalMs: 100,
    });
    return child;
  }, 'SIGTERM');
  return {
    plain: `localhost:${database.port}`,
    secure: `localhost:${securePort}`,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

const CLUSTER_ID = 'MkU3OEVBNTcwNTJENDM2Qk';

interface Places {
  readonly data: string;
  readonly port: number;
  readonly securePort: number;
  readonly controllerPort: number;
  readonly pem: string;
}

function propertiesOf({ data, port, securePort, controllerPort, pem }: Places): string {
  const listeners = `PLAIN://localhost:${port},SECURE://localhost:${securePort}`;
  return `process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=localhost:${controllerPort}
listeners=${listeners},CONTROLLER://localhost:${controllerPort}
advertised.listeners=${listeners}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAIN
listener.security.protocol.map=PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.secure.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.secure.ssl.keystore.type=PEM
listener.name.secure.ssl.keystore.location=${pem}
log.dirs=${join(data, 'logs')}
auto.create.topics.enable=false
num.partitions=1
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.retention.check.interval.ms=1000
`;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}

/** The folder with the jars. */
async function kafkaJars(): Promise<string> {
  const names = Object.keys(KAFKA_JARS);
  const digest = createHash('sha256').update(JSON.stringify(KAFKA_JARS)).digest('hex').slice(0, 12);
  const cache = join(homedir(), '.cache', 'bellows');
  const folder = join(cache, `kafka-4.1.0-${digest}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(`${folder}-`);
  for (let index = 0; index < names.length; index += DOWNLOADS_AT_ONCE) {
    const some = names.slice(index, index + DOWNLOADS_AT_ONCE);
    await Promise.all(some.map((name) => fetchJar(name, join(partial, basename(name)))));
  }
  // Another test file may have been as fast.
  await rename(partial, folder).catch(() => rm(partial, { recursive: true, force: true }));
  return folder;
}

async function fetchJar(name: string, path: string): Promise<void> {
  const response = await fetch(MAVEN + name, { signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`${MAVEN}${name}: ${response.status}`);
  await writeFile(path, Buffer.from(await response.arrayBuffer()));
  const digest = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  if (digest !== KAFKA_JARS[name]) throw new Error(`${MAVEN}${name} is not what it was`);
}
