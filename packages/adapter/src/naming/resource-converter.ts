import type { Place } from '@bellows/core';
import type { ResourceMapping } from '../config/discovery-rule.ts';
import { createTemplate, type Template } from '../template/template.ts';
import type { GoRegExp } from './go-regexp.ts';
import { formatGroupResource, type GroupResource, type ResourceMapper } from './resource-mapper.ts';
import { ruleError } from './rule-error.ts';
import { compileRegExp } from './series-filter.ts';

/** Resources that belong to no namespace, as upstream knows them. */
const CLUSTER_SCOPED = ['namespaces', 'nodes', 'persistentvolumes'];

/** Resources that a series is about. */
export interface SeriesResources {
  /** In the order of the labels that name them. */
  readonly resources: readonly GroupResource[];
  /** Whether metrics of these resources belong to a namespace; those of the cluster's own resources never do. */
  readonly namespaced: boolean;
}

/** What a label of the template's form names; undefined: no resource of the cluster. */
interface Extracted {
  readonly resource: GroupResource | undefined;
}

/** Labels remembered, so that memory stays bounded whatever labels there are. */
const MAX_EXTRACTED = 10_000;

/** Whether a resource belongs to no namespace. */
export function isClusterScoped({ group, resource }: GroupResource): boolean {
  return group === '' && CLUSTER_SCOPED.includes(resource);
}

/**
 * Tells which resource a label names, and which label names a resource, as a rule says it.
 *
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/naming/resource_converter.go
 */
export class ResourceConverter {
  readonly #mapper: ResourceMapper;
  readonly #place: Place;
  readonly #template: Template | undefined;
  readonly #extractor: GoRegExp | undefined;
  readonly #overrides = new Map<string, GroupResource>();
  readonly #labels = new Map<string, string>();
  /** What labels of series named so far, since a list of series names few labels many times. */
  readonly #extracted = new Map<string, Extracted | undefined>();

  /**
   * @throws BellowsError `ERR_ADAPTER_RULE` for a template without `.Resource`, one that Go refuses, or an
   *   override of a resource that the cluster does not have.
   */
  constructor(mapping: ResourceMapping, mapper: ResourceMapper, place: Place) {
    this.#mapper = mapper;
    this.#place = place;
    if (mapping.template !== '') {
      this.#template = this.#readTemplate(mapping.template);
      this.#extractor = this.#invert(mapping.template, this.#template);
    }
    for (const [label, wanted] of Object.entries(mapping.overrides)) {
      const found = this.#normalize(wanted);
      if (found === undefined) {
        const name = formatGroupResource(wanted);
        throw ruleError(
          place,
          `Expected a resource of the cluster for label ${label}, got ${name}`,
        );
      }
      this.#overrides.set(label, found);
      const key = formatGroupResource(found);
      // Of two labels for one resource the first of the file is asked for; upstream takes either.
      if (!this.#labels.has(key)) this.#labels.set(key, label);
    }
  }

  #normalize(wanted: GroupResource): GroupResource | undefined {
    const found = this.#mapper.find(wanted);
    return found && { group: found.group, resource: found.name };
  }

  #readTemplate(source: string): Template {
    try {
      return createTemplate('resource-label', source);
    } catch (error) {
      throw ruleError(this.#place, `resources.template: ${messageOf(error)}`, error);
    }
  }

  /** The template as an expression that finds group and resource in a label. */
  #invert(source: string, template: Template): GoRegExp {
    const pattern = this.#execute(template, '(?P<group>.+?)', '(?P<resource>.+?)');
    if (!pattern.includes('(?P<resource>')) {
      throw ruleError(this.#place, `Expected .Resource in resources.template, got ${source}`);
    }
    return compileRegExp(`^${pattern}$`, this.#place);
  }

  #execute(template: Template, group: string, resource: string): string {
    try {
      return template.execute({ Group: group, Resource: resource });
    } catch (error) {
      throw ruleError(this.#place, `resources.template: ${messageOf(error)}`, error);
    }
  }

  /** Resources that a series' labels name. */
  resourcesOf(labelNames: Iterable<string>): SeriesResources {
    const resources: GroupResource[] = [];
    let namespaced = false;
    for (const label of labelNames) {
      const extracted = this.#overrides.has(label) ? undefined : this.#extract(label);
      const resource = this.#overrides.get(label) ?? extracted?.resource;
      // A label of the template's form that names no resource says nothing; any other label makes it namespaced.
      if (resource === undefined && extracted !== undefined) continue;
      if (resource !== undefined) resources.push(resource);
      if (resource === undefined || !isClusterScoped(resource)) namespaced = true;
    }
    return { resources, namespaced };
  }

  /** Undefined where the label has not the template's form. */
  #extract(label: string): Extracted | undefined {
    if (this.#extracted.has(label)) return this.#extracted.get(label);
    if (this.#extracted.size >= MAX_EXTRACTED) this.#extracted.clear();
    const groups = this.#extractor?.groups(label);
    const { group = '', resource = '' } = groups ?? {};
    const extracted = groups && { resource: this.#normalize({ group, resource }) };
    this.#extracted.set(label, extracted);
    return extracted;
  }

  /** Label that names a resource, or undefined if the rule does not say. */
  labelOf(resource: GroupResource): string | undefined {
    const key = formatGroupResource(resource);
    const known = this.#labels.get(key);
    if (known !== undefined || this.#template === undefined) return known;
    const singular = this.#mapper.singular(resource.resource);
    if (singular === undefined) return undefined;
    const label = this.#execute(this.#template, resource.group.replace(/[.-]/g, '_'), singular);
    this.#labels.set(key, label);
    return label;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
