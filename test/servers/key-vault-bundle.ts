/** How Key Vault writes its objects: bundles (one version), items (a line of a list) and deleted objects. */
import { present, without, type Json } from './json.ts';
import { thumbprint } from './vault-import.ts';
import { latestOf, type Collection, type StoredObject, type StoredVersion } from './vault-content.ts';

/** What the vault adds to each object. */
export interface BundleContext {
  readonly host: string;
  /** `Recoverable` alone = purge protection is on. */
  readonly recoveryLevel: 'Recoverable' | 'Recoverable+Purgeable';
}

interface Named {
  readonly object: StoredObject;
  readonly version: StoredVersion;
}

export function bundle(collection: Collection, named: Named, context: BundleContext): Json {
  switch (collection) {
    case 'secrets':
      return secretBundle(named, context);
    case 'keys':
      return keyBundle(named, context);
    case 'certificates':
      return certificateBundle(named, context);
    default:
      return collection satisfies never;
  }
}

/** What every operation shows that is not meant to read or set a value. */
export function bundleWithoutValue(collection: Collection, named: Named, context: BundleContext): Json {
  return without(bundle(collection, named, context), 'value');
}

/** A line of a list of objects, or of versions when `withVersion` names that there is one. Never a value. */
export function item(collection: Collection, named: Named, context: BundleContext, versionPath = ''): Json {
  const { object, version } = named;
  const id = `https://${context.host}/${collection}/${object.name}${versionPath}`;
  const shared = { attributes: attributes(version, context), ...present({ tags: version.tags }) };
  if (collection === 'certificates') return { id, ...present({ x5t: x5t(version) }), ...shared };
  const managed = present({ managed: version.managed });
  if (collection === 'keys') return { kid: id, ...managed, ...shared };
  return { id, ...present({ contentType: version.contentType }), ...managed, ...shared };
}

/** Deleted secrets and keys are shown without value; `form` says whether it is for a list. */
export function deletedObject(
  collection: Collection,
  object: StoredObject,
  context: BundleContext & { readonly form: 'bundle' | 'item' },
): Json {
  const named = { object, version: latestOf(object) };
  const shown =
    context.form === 'item' ? item(collection, named, context) : bundleWithoutValue(collection, named, context);
  return {
    ...shown,
    recoveryId: `https://${context.host}/deleted${collection}/${object.name}`,
    deletedDate: object.deletedDate,
    scheduledPurgeDate: object.scheduledPurgeDate,
  };
}

function secretBundle({ object, version }: Named, context: BundleContext): Json {
  const managedKey = `https://${context.host}/keys/${object.name}/${version.version}`;
  return {
    value: version.value,
    ...present({ contentType: version.contentType }),
    id: `https://${context.host}/secrets/${object.name}/${version.version}`,
    ...(version.managed === true ? { managed: true, kid: managedKey } : {}),
    attributes: attributes(version, context),
    ...present({ tags: version.tags }),
  };
}

/** Private members of an imported key never leave the vault. */
function keyBundle({ object, version }: Named, context: BundleContext): Json {
  const { kty, key_ops, n, e, crv, x, y, ...rest } = version.jwk ?? {};
  const operations = key_ops ?? defaultOperations(kty, rest);
  return {
    key: {
      kid: `https://${context.host}/keys/${object.name}/${version.version}`,
      ...present({ kty, key_ops: operations, n, e, crv, x, y }),
    },
    ...present({ managed: version.managed }),
    attributes: attributes(version, context),
    ...present({ tags: version.tags }),
  };
}

/** An imported key (one with private members) may be used for everything its type can do. */
function defaultOperations(kty: unknown, privateMembers: Json): readonly string[] | undefined {
  if (Object.keys(privateMembers).length === 0) return undefined;
  return kty === 'EC' ? ['sign', 'verify'] : ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'];
}

function certificateBundle({ object, version }: Named, context: BundleContext): Json {
  const at = (collection: string): string => `https://${context.host}/${collection}/${object.name}/${version.version}`;
  const shared = {
    attributes: attributes(version, context),
    ...present({ tags: version.tags }),
    ...policy(object, version, context),
  };
  if (version.cer === undefined) {
    const pending = { id: `https://${context.host}/certificates/${object.name}/pending` };
    return { id: at('certificates'), ...shared, pending };
  }
  const own = { kid: at('keys'), sid: at('secrets'), x5t: x5t(version), cer: version.cer };
  return { id: at('certificates'), ...own, ...shared };
}

function policy(object: StoredObject, version: StoredVersion, context: BundleContext): Json {
  if (typeof version.policy !== 'object' || version.policy === null) return {};
  return { policy: { id: `https://${context.host}/certificates/${object.name}/policy`, ...version.policy } };
}

function x5t(version: StoredVersion): string | undefined {
  return version.cer === undefined ? undefined : thumbprint(version.cer);
}

function attributes(version: StoredVersion, context: BundleContext): Json {
  return { ...version.attributes, recoveryLevel: context.recoveryLevel, recoverableDays: 90 };
}
