import { BellowsError } from '@bellows/core';
import type { Admin } from '@platformatic/kafka';
import type { KafkaSourceConfig } from '../config/source-config.ts';
import { RotatingFile } from '../prometheus/rotating-file.ts';

type Files = Readonly<Record<string, RotatingFile>>;

/** The client of one cluster, made anew when credentials rotate or it was closed. */
export class KafkaConnection {
  readonly #config: KafkaSourceConfig;
  readonly #timeoutMs: number;
  readonly #files: Files;
  #admin: Admin | undefined;
  #madeWith = '';

  /** @param timeoutMs - Each request must be answered within this time, in milliseconds. */
  constructor(config: KafkaSourceConfig, timeoutMs: number) {
    this.#config = config;
    this.#timeoutMs = timeoutMs;
    const { usernameFile = '', passwordFile = '' } = config.sasl ?? {};
    const { caFile = '', certFile = '', keyFile = '' } = config.tls ?? {};
    const paths = {
      username: usernameFile,
      password: passwordFile,
      ca: caFile,
      cert: certFile,
      key: keyFile,
    };
    this.#files = Object.fromEntries(
      Object.entries(paths)
        .filter(([, path]) => path !== '')
        .map(([name, path]) => [name, new RotatingFile(path)]),
    );
  }

  /**
   * The client; Kafka's package is loaded by the first call.
   *
   * @throws BellowsError `ERR_ADAPTER_SOURCE` when a file cannot be read.
   */
  async admin(): Promise<Admin> {
    const texts: Record<string, string> = {};
    for (const [name, file] of Object.entries(this.#files)) texts[name] = await file.read();
    const madeWith = JSON.stringify(texts);
    if (this.#admin !== undefined && madeWith === this.#madeWith) return this.#admin;
    await this.close();
    const kafka = await import('@platformatic/kafka');
    const { bootstrapServers, sasl, tls } = this.#config;
    const { username = '', password = '', ...pem } = texts;
    this.#madeWith = madeWith;
    this.#admin = new kafka.Admin({
      clientId: 'bellows-adapter',
      bootstrapBrokers: [...bootstrapServers],
      connectTimeout: this.#timeoutMs,
      requestTimeout: this.#timeoutMs,
      timeout: this.#timeoutMs,
      retries: 1,
      retryDelay: 200,
      autocreateTopics: false,
      ...(tls && {
        tls: { ...pem, minVersion: 'TLSv1.2', rejectUnauthorized: true },
        tlsServerName: true,
      }),
      ...(sasl && {
        sasl: { mechanism: sasl.mechanism, username: username.trim(), password: password.trim() },
      }),
    });
    return this.#admin;
  }

  /** Closes the connections. Idempotent. */
  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    if (admin === undefined) return;
    try {
      await admin.close();
    } catch (error) {
      // What cannot be closed has no connection left.
      if (BellowsError.is(error)) throw error;
    }
  }
}
