/** What Kubernetes takes as a name, a key or a label (apimachinery's validation). Lengths are the caller's to check. */

export const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u;
export const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u;
/** Of the keys of a Secret or ConfigMap. */
export const DATA_KEY = /^[-._a-zA-Z0-9]+$/u;
/** The part of a label or annotation behind its prefix, and a value that is not empty. */
export const QUALIFIED_NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/u;
