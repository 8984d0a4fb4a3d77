/** Labels and annotations on target Secrets. ESO 2.9: exact names, so that either side can take over. */
export const MANAGED_LABEL = 'reconcile.external-secrets.io/managed';
export const CREATED_BY_LABEL = 'reconcile.external-secrets.io/created-by';
export const DATA_HASH_ANNOTATION = 'reconcile.external-secrets.io/data-hash';

/** On an ExternalSecret, with "true": failures that Go's templates pass over are passed over, as in the operator. */
export const LENIENT_TEMPLATES_ANNOTATION = 'keyferry.dev/lenient-templates';

/** On an ExternalSecret: what asks for new generated values, and how many earlier ones stay. */
export const ROTATE_ANNOTATION = 'keyferry.dev/rotate';
export const KEEP_PREVIOUS_ANNOTATION = 'keyferry.dev/keep-previous';
/** On a target Secret: from which spec each of its generated values was drawn, and who had asked. Never a value. */
export const GENERATED_ANNOTATION = 'keyferry.dev/generated';
/** On an ExternalSecret: what the operator does not have. */
export const PULL_ANNOTATIONS = {
  onDisabled: 'keyferry.dev/on-disabled',
  onExpired: 'keyferry.dev/on-expired',
  onNotYetValid: 'keyferry.dev/on-not-yet-valid',
  onManaged: 'keyferry.dev/on-managed',
  optional: 'keyferry.dev/optional',
  findType: 'keyferry.dev/find-type',
  tls: 'keyferry.dev/tls',
} as const;

/** What stands wherever a value, or a hash that would give it away, is not shown. */
export const REDACTED = '[redacted]';

/** On vault objects. ESO 2.9: with `external-secrets`, that a PushSecret wrote it; ours: which of which installation. */
export const MANAGED_BY_TAG = 'managed-by';
export const OWNER_TAG = 'keyferry-owner';
/** Key Vault: an object has no more. */
export const MOST_TAGS = 15;

/** On a PushSecret: what the operator does not have. */
export const PUSH_ANNOTATIONS = {
  adopt: 'keyferry.dev/adopt',
  expiresIn: 'keyferry.dev/expires-in',
  contentType: 'keyferry.dev/content-type',
  binary: 'keyferry.dev/binary',
  pfxPasswordKey: 'keyferry.dev/pfx-password-key',
  resolve: 'keyferry.dev/resolve',
} as const;
