import { BellowsError } from '@bellows/core';
import {
  createInformer,
  resourcePath,
  type Informer,
  type KubernetesClient,
  type KubernetesObject,
} from '@bellows/kubernetes';
import type { Log } from '../self/log.ts';
import {
  CONFIG_MAP,
  readAuthenticationConfig,
  type AuthenticationConfig,
} from './authentication-config.ts';

interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** Keeps what the API server says of how clients are known, also when it changes: authorities rotate. */
export class AuthenticationWatch {
  readonly #client: KubernetesClient;
  readonly #log: Log;
  readonly #informer: Informer<ConfigMap>;
  #config: AuthenticationConfig | undefined;

  constructor(client: KubernetesClient, log: Log) {
    this.#client = client;
    this.#log = log;
    const { name, ...collection } = CONFIG_MAP;
    const onChange = (map: ConfigMap): void => {
      this.#take(map);
    };
    this.#informer = createInformer<ConfigMap>(
      client,
      { path: resourcePath(collection), fieldSelector: `metadata.name=${name}` },
      {
        onAdd: onChange,
        onUpdate: onChange,
        onError: (error) => {
          log('warn', 'cannot watch how clients are authenticated', { error });
        },
      },
    );
  }

  /** As last read; undefined: never. One that cannot be understood leaves the one before. */
  get config(): AuthenticationConfig | undefined {
    return this.#config;
  }

  /** Reads it once, then goes on watching. @throws BellowsError when it cannot be read; the watch goes on, too. */
  async start(): Promise<void> {
    void this.#informer.start();
    const path = resourcePath(CONFIG_MAP);
    try {
      this.#take(await this.#client.get<ConfigMap>(path));
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      const { namespace, name } = CONFIG_MAP;
      throw new BellowsError(
        BellowsError.is(cause) ? cause.code : 'ERR_KUBERNETES_API',
        `cannot read the ConfigMap ${namespace}/${name}, which says how clients are authenticated: ${said}`,
        {
          cause,
          remedy:
            'bind the Role extension-apiserver-authentication-reader in kube-system to the service account, or give --requestheader-client-ca-file',
        },
      );
    }
  }

  /** Idempotent. */
  async stop(): Promise<void> {
    await this.#informer.stop();
  }

  #take({ metadata, data = {} }: ConfigMap): void {
    if (metadata.name !== CONFIG_MAP.name) return;
    try {
      this.#config = readAuthenticationConfig(data);
    } catch (error) {
      this.#log(
        'error',
        'the ConfigMap that says how clients are authenticated is not understood',
        {
          error,
        },
      );
    }
  }
}
