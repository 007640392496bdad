/**
 * A value as it comes out of YAML: any field can be absent or null, which Kubernetes reads as its zero value.
 */
export type Loose<T> = T extends readonly (infer Element)[]
  ? readonly Loose<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> | null | undefined }
    : T;
