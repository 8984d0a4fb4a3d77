/** Labels and annotations on target Secrets. ESO 2.9: exact names, so that either side can take over. */
export const MANAGED_LABEL = 'reconcile.external-secrets.io/managed';
export const CREATED_BY_LABEL = 'reconcile.external-secrets.io/created-by';
export const DATA_HASH_ANNOTATION = 'reconcile.external-secrets.io/data-hash';

/** What a folder that keeps no values holds instead of the hash of the data. */
export const REDACTED_HASH = '[redacted]';
