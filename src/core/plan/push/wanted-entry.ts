/** One entry over one source Secret → the vault object that it names, and the value in the form that object takes. */
import type { ObjectRef } from '../../model/object-ref.ts';
import type { FieldPath } from '../../model/origin.ts';
import { say } from '../../model/message.ts';
import type { PushFault, PushIntent } from '../../model/push-intent.ts';
import { SecretValue } from '../../model/secret-value.ts';
import type { VaultRef } from '../../model/vault-object.ts';
import { certificateContent, type CertificateSource } from '../../push/certificate-content.ts';
import { binaryKeyFault, secretText } from '../../push/secret-text.ts';
import type { PushItem } from '../../push/expand.ts';
import { keyContent } from '../../push/key-content.ts';
import type { TemplateEnvironment } from '../../template/runtime.ts';
import { parseKey } from '../../transform/parse-key.ts';
import { remoteKeyFault } from '../../transform/remote-names.ts';
import type { WantedEntry, WantedValue } from './push-input.ts';
import { sourceHash } from './source-hash.ts';

export interface EntryPlace {
  /** `SecretStore/kv`. */
  readonly store: string;
  readonly vaultUrl: string;
  readonly vault: string;
}

export interface EntrySource {
  /** After the template. */
  readonly data: ReadonlyMap<string, SecretValue>;
  readonly ref: ObjectRef;
  /** '' where it has none. */
  readonly uid: string;
}

/** The manifest has no such field: a key of the Secret, rewritten, is the name. */
function madeOf({ field, secretKey, remoteKey }: PushItem, { what, ...finding }: Omit<PushFault, 'path'>): PushFault {
  const made = say`makes the name "${remoteKey}" of the key "${secretKey}", and the name ${what}`;
  return { ...finding, path: field, what: made, fix: say`${finding.fix} Rewrite it, or leave the key out with match.` };
}

/** A fault where the key names no object. */
export function wantedEntry(
  item: PushItem,
  place: EntryPlace,
  source: EntrySource,
  { intent, environment }: { readonly intent: PushIntent; readonly environment: TemplateEnvironment },
): WantedEntry | PushFault {
  const path: FieldPath = [...item.field, ...(item.bundle === undefined && isData(item) ? KEY_PATH : ['remoteKey'])];
  const finding = remoteKeyFault(item.remoteKey);
  const parsed = parseKey(item.remoteKey);
  if (finding !== undefined || 'unknownType' in parsed) {
    const told = finding ?? {
      code: 'remote-key-invalid',
      what: 'names no object',
      fix: 'Write NAME, cert/NAME or key/NAME.',
    };
    return item.bundle === undefined && !isData(item) ? madeOf(item, told) : { ...told, path };
  }
  const target: VaultRef = { kind: 'vault-object', vaultUrl: place.vaultUrl, vault: place.vault, ...parsed };
  const value = valueOf(item, target, source, { intent, environment });
  const hash = 'size' in item.value ? sourceHash(item.value, source.uid) : undefined;
  return {
    store: place.store,
    reference: item.reference,
    written: item.written,
    field: item.field,
    from: source.ref,
    uid: source.uid,
    keys: keysOf(item),
    property: item.property,
    target,
    metadata: item.metadata,
    value,
    ...(hash === undefined ? {} : { source: hash }),
  };
}

const KEY_PATH: FieldPath = ['match', 'remoteRef', 'remoteKey'];

function isData({ field }: PushItem): boolean {
  return field[1] === 'data';
}

function keysOf({ secretKey, bundle }: PushItem): readonly string[] {
  if (bundle !== undefined) return bundle;
  return secretKey === '' ? ['*'] : [secretKey];
}

interface Means {
  readonly intent: PushIntent;
  readonly environment: TemplateEnvironment;
}

function valueOf(item: PushItem, target: VaultRef, source: EntrySource, means: Means): WantedValue | PushFault {
  if ('code' in item.value) return item.value;
  const path = item.field;
  if (item.property !== '' && target.type !== 'secret') {
    return {
      code: 'push-property',
      path: [...path, 'match', 'remoteRef', 'property'],
      what: `is a member of a ${target.type === 'key' ? 'key' : 'certificate'}, which has none`,
      fix: 'Leave property out.',
    };
  }
  const made = contentFor(item, item.value, target, { source, ...means });
  return 'fix' in made ? { ...made, path } : made;
}

function contentFor(
  item: PushItem,
  value: SecretValue,
  { type }: VaultRef,
  { source, intent, environment }: Means & { readonly source: EntrySource },
) {
  switch (type) {
    case 'secret': {
      const binary = item.data === undefined ? undefined : binaryKeyFault(item.data);
      if (binary !== undefined) return binary;
      const text = secretText(value, intent.extras);
      if ('fix' in text) return text;
      return { type: 'secret', value: text.value, isBase64: Object.keys(text.tags).length > 0 } as const;
    }
    case 'key': {
      const content = keyContent(value.reveal());
      return 'fix' in content ? content : ({ type: 'key', ...content } as const);
    }
    case 'cert':
      return certificate(item, value, { source, intent, environment });
  }
}

function certificate(
  item: PushItem,
  value: SecretValue,
  { source, intent, environment }: Means & { readonly source: EntrySource },
) {
  const { contentType } = 'code' in item.metadata ? {} : item.metadata;
  const password = passwordOf(intent, source);
  const made = certificateContent(certificateSource(item, value, source), {
    ...(contentType === undefined ? {} : { contentType }),
    ...(password === undefined ? {} : { password }),
    environment,
  });
  if ('fix' in made) return made;
  const chain = made.chainDigest === made.thumbprint ? {} : { chain: made.chainDigest };
  const { content, leaf, chainDigest: sent } = made;
  return { type: 'cert', content, leaf: SecretValue.of(leaf), ...chain, sent } as const;
}

function passwordOf({ extras }: PushIntent, { data }: EntrySource): SecretValue | undefined {
  return extras.pfxPasswordKey === undefined ? undefined : data.get(extras.pfxPasswordKey);
}

const CERTIFICATE_KEY = 'tls.crt';
const PRIVATE_KEY = 'tls.key';

/** A Secret of type `kubernetes.io/tls`, or two of its keys, needs no template: certificate and key are joined. */
function certificateSource({ secretKey, data }: PushItem, value: SecretValue, source: EntrySource): CertificateSource {
  if (data !== undefined) return data;
  const [certificate, key] = [source.data.get(CERTIFICATE_KEY), source.data.get(PRIVATE_KEY)];
  if (secretKey !== CERTIFICATE_KEY || certificate === undefined || key === undefined) return value.reveal();
  return new Map([
    [CERTIFICATE_KEY, certificate],
    [PRIVATE_KEY, key],
  ]);
}
