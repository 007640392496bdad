import {
  aggregatedDiscoveryType,
  apiGroup,
  apiGroupDiscoveryList,
  apiGroupList,
  apiResourceList,
  type ServedGroup,
} from '../api/discovery.ts';
import { negotiateDiscovery } from '../api/negotiate-discovery.ts';
import { openApiV2, openApiV3, openApiV3Index } from '../api/open-api.ts';
import { jsonAnswer, withEtag, type Answer } from './answer.ts';
import { NO_SUCH_PATH, Refusal } from './refusal.ts';

/** Documents are made anew after so long, in milliseconds: whoever asks again and again costs nothing. */
const KEEP_MS = 1_000;

/** What the server says of itself: lists of groups and metrics, and OpenAPI. All from memory, with hashes. */
export class Documents {
  readonly #read: () => readonly ServedGroup[];
  readonly #now: () => number;
  #groups: readonly ServedGroup[] = [];
  #readAtMs = Number.NEGATIVE_INFINITY;
  readonly #made = new Map<string, Answer>();

  /** @param read - Lists what is served now. @param now - Milliseconds of a clock that only goes on. */
  constructor(read: () => readonly ServedGroup[], now: () => number = () => performance.now()) {
    this.#read = read;
    this.#now = now;
  }

  /** `GET /apis`. @param accept - Value of `Accept`. @throws Refusal 406. */
  groups(accept: string): Answer {
    const form = negotiateDiscovery(accept);
    if (form === undefined) {
      const message = 'only the following media types are accepted: application/json';
      throw new Refusal({ code: 406, reason: 'NotAcceptable', message });
    }
    if (form === 'legacy') return vary(this.#keep('groups', apiGroupList));
    const answer = this.#keep(`discovery ${form}`, (groups) => apiGroupDiscoveryList(groups, form));
    return vary({ ...answer, contentType: aggregatedDiscoveryType(form) });
  }

  /** `GET /apis/GROUP`. @throws Refusal 404. */
  group(name: string): Answer {
    return this.#keep(`group ${name}`, (groups) => apiGroup(this.#find(groups, name)));
  }

  /** `GET /apis/GROUP/VERSION`. @throws Refusal 404. */
  resources(name: string, version: string): Answer {
    return this.#keep(`resources ${name} ${version}`, (groups) => {
      const group = this.#find(groups, name);
      const found = group.versions.find((one) => one.version === version);
      if (found === undefined) throw new Refusal(NO_SUCH_PATH);
      return apiResourceList(name, found);
    });
  }

  /** `GET /openapi/v2`. */
  openApiV2(): Answer {
    return this.#keep('openapi v2', openApiV2);
  }

  /** `GET /openapi/v3`. */
  openApiV3Index(): Answer {
    return this.#keep('openapi v3', (groups) =>
      openApiV3Index(
        groups,
        (group, version) => this.openApiV3(group, version).etag?.slice(1, -1) ?? '',
      ),
    );
  }

  /** `GET /openapi/v3/apis/GROUP/VERSION`. @throws Refusal 404. */
  openApiV3(group: string, version: string): Answer {
    this.resources(group, version);
    return this.#keep(`openapi v3 ${group} ${version}`, () => openApiV3(group, version));
  }

  #find(groups: readonly ServedGroup[], name: string): ServedGroup {
    const found = groups.find(({ group }) => group === name);
    if (found === undefined) throw new Refusal(NO_SUCH_PATH);
    return found;
  }

  /** Only what is there is kept: a name that is not makes no entry. */
  #keep(key: string, make: (groups: readonly ServedGroup[]) => object): Answer {
    if (this.#now() - this.#readAtMs >= KEEP_MS) {
      this.#groups = this.#read();
      this.#readAtMs = this.#now();
      this.#made.clear();
    }
    const answer = this.#made.get(key) ?? withEtag(jsonAnswer(make(this.#groups)));
    this.#made.set(key, answer);
    return answer;
  }
}

function vary(answer: Answer): Answer {
  return { ...answer, headers: { vary: 'Accept' } };
}
