/** Labels and annotations on target Secrets. ESO 2.9: exact names, so that either side can take over. */
export const MANAGED_LABEL = 'reconcile.external-secrets.io/managed';
export const CREATED_BY_LABEL = 'reconcile.external-secrets.io/created-by';
export const DATA_HASH_ANNOTATION = 'reconcile.external-secrets.io/data-hash';

/** On an ExternalSecret, with "true": failures that Go's templates pass over are passed over, as in the operator. */
export const LENIENT_TEMPLATES_ANNOTATION = 'keyferry.dev/lenient-templates';

/** What stands wherever a value, or a hash that would give it away, is not shown. */
export const REDACTED = '[redacted]';
