/** Who asks. */
export interface User {
  /** Such as `system:serviceaccount:kube-system:horizontal-pod-autoscaler`. */
  readonly name: string;
  /** Undefined: not told. */
  readonly uid?: string;
  /** In the order they were told. */
  readonly groups: readonly string[];
  /** Further facts by key, each with all its values. */
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** Who shows nothing of himself. */
export const ANONYMOUS: User = {
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
  extra: {},
};

/** The same user in the group of all that are known. */
export function authenticated(user: User): User {
  const group = 'system:authenticated';
  return user.groups.includes(group) ? user : { ...user, groups: [...user.groups, group] };
}
