/** Specs of generators as written → with every default. ESO 2.9 for the defaults. */
import type {
  AcrAccessTokenSpec,
  AcrAuth,
  FakeSpec,
  GeneratorSpec,
  PasswordSpec,
  SshKeySpec,
} from '../../model/generator.ts';
import type { SecretKeySelector } from '../../model/store.ts';
import { DEFAULT_SYMBOLS } from '../../model/password-form.ts';
import type {
  WrittenAcrAccessToken,
  WrittenClusterGenerator,
  WrittenFake,
  WrittenPassword,
  WrittenSshKey,
} from './schema.ts';

const DEFAULT_LENGTH = 24;
const DEFAULT_RSA_BITS = 2048;
const DEFAULT_ECDSA_BITS = 256;

/** ESO 2.9: digits and symbols are a quarter of the length each, and no set of symbols is the default set. */
export function toPasswordSpec(written: WrittenPassword): PasswordSpec {
  const length = written.length === undefined || written.length <= 0 ? DEFAULT_LENGTH : written.length;
  const { symbolCharacters = '' } = written;
  return {
    kind: 'Password',
    length,
    digits: written.digits ?? Math.floor(length / 4),
    symbols: written.symbols ?? Math.floor(length / 4),
    symbolCharacters: symbolCharacters === '' ? DEFAULT_SYMBOLS : symbolCharacters,
    noUpper: written.noUpper ?? false,
    allowRepeat: written.allowRepeat ?? false,
    secretKeys: written.secretKeys ?? ['password'],
    encoding: written.encoding ?? 'raw',
    prefix: written.prefix ?? '',
    suffix: written.suffix ?? '',
  };
}

export function toSshKeySpec({ keyType = 'rsa', keySize, comment = '' }: WrittenSshKey): SshKeySpec {
  return { kind: 'SSHKey', keyType, keySize: keySize ?? defaultBits(keyType), comment };
}

function defaultBits(keyType: SshKeySpec['keyType']): number {
  if (keyType === 'ed25519') return 0;
  return keyType === 'rsa' ? DEFAULT_RSA_BITS : DEFAULT_ECDSA_BITS;
}

export function toFakeSpec({ data = {} }: WrittenFake): FakeSpec {
  return { kind: 'Fake', data };
}

/** `undefined` where no way to log in is written. */
export function toAcrAccessTokenSpec(written: WrittenAcrAccessToken): AcrAccessTokenSpec | undefined {
  const auth = toAcrAuth(written.auth);
  if (auth === undefined) return undefined;
  const { registry, tenantId, scope, environmentType = 'PublicCloud' } = written;
  return {
    kind: 'ACRAccessToken',
    registry,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(scope === undefined || scope === '' ? {} : { scope }),
    environmentType,
    auth,
  };
}

/** ESO 2.9: the first of them counts. */
function toAcrAuth(auth: WrittenAcrAccessToken['auth']): AcrAuth | undefined {
  if (auth.servicePrincipal !== undefined) {
    const { clientId, clientSecret } = auth.servicePrincipal.secretRef;
    return { type: 'ServicePrincipal', clientId: toSelector(clientId), clientSecret: toSelector(clientSecret) };
  }
  if (auth.managedIdentity !== undefined) {
    return { type: 'ManagedIdentity', identityId: auth.managedIdentity.identityId ?? '' };
  }
  if (auth.workloadIdentity === undefined) return undefined;
  const account = auth.workloadIdentity.serviceAccountRef;
  if (account === undefined) return { type: 'WorkloadIdentity' };
  return { type: 'WorkloadIdentity', serviceAccountRef: { name: account.name, audiences: account.audiences ?? [] } };
}

/** ESO 2.9: always read in the namespace of whoever names the generator. */
function toSelector(
  written: { readonly name?: string | undefined; readonly key?: string | undefined } | undefined,
): SecretKeySelector {
  return { name: written?.name ?? '', key: written?.key ?? '' };
}

/** Of the block that fits the kind; `undefined` = there is none. */
export function toClusterSpec({ kind, generator }: WrittenClusterGenerator): GeneratorSpec | undefined {
  const { passwordSpec, uuidSpec, sshKeySpec, fakeSpec, acrAccessTokenSpec } = generator;
  switch (kind) {
    case 'Password':
      return passwordSpec === undefined ? undefined : toPasswordSpec(passwordSpec);
    case 'UUID':
      return uuidSpec === undefined ? undefined : { kind: 'UUID' };
    case 'SSHKey':
      return sshKeySpec === undefined ? undefined : toSshKeySpec(sshKeySpec);
    case 'Fake':
      return fakeSpec === undefined ? undefined : toFakeSpec(fakeSpec);
    case 'ACRAccessToken':
      return acrAccessTokenSpec === undefined ? undefined : toAcrAccessTokenSpec(acrAccessTokenSpec);
    default:
      return undefined;
  }
}

/** `passwordSpec`: where a ClusterGenerator has the spec of a kind. */
export function blockOf(kind: string): string {
  const known: Readonly<Record<string, string>> = { ACRAccessToken: 'acrAccessToken', UUID: 'uuid', SSHKey: 'sshKey' };
  return `${known[kind] ?? kind.charAt(0).toLowerCase() + kind.slice(1)}Spec`;
}
