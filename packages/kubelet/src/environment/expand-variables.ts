const REFERENCE = /\$(?:\$|\(([^)]*)\))/g;

/**
 * Replaces `$(NAME)` by the variable's value. An unknown name stays as it is written, `$$` is a dollar
 * sign, so `$$(NAME)` gives the text `$(NAME)`.
 *
 * @see kubernetes/kubernetes v1.37.2 third_party/forked/golang/expansion/expand.go
 */
export function expandVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(REFERENCE, (written, name: string | undefined) =>
    name === undefined ? '$' : (variables.get(name) ?? written),
  );
}
