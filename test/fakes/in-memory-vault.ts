/**
 * A Key Vault without network and SDK: real versions, soft deletion, and the refusals that a pusher has to live with.
 *
 * Every request of the program passes `before`, which may refuse it, and `after`, which may lose its answer. `content` is
 * the vault's user, and passes neither.
 */
import { publicKeyJson } from '../../src/adapters/azure/public-key.ts';
import { withoutFields, type Fields } from '../../src/core/model/fields.ts';
import { SecretValue } from '../../src/core/model/secret-value.ts';
import type { VaultContent as NewContent, VaultProperties } from '../../src/core/model/vault-object.ts';
import type { FetchedObject, ListedObject, RemoteObject, RemoteType } from '../../src/core/model/vault.ts';
import { PortError } from '../../src/ports/errors.ts';
import type { Provider, ProviderFactory, VaultAction } from '../../src/ports/provider.ts';
import {
  isManaged,
  latestOf,
  VaultContent,
  type Collection,
  type StoredObject,
  type StoredVersion,
  type VersionContent,
} from '../servers/vault-content.ts';
import { readPem, readPkcs12 } from '../servers/vault-import.ts';

/** RFC 7518: of RSA and EC. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi'];
const COLLECTIONS: Readonly<Record<RemoteType, Collection>> = { secret: 'secrets', cert: 'certificates', key: 'keys' };

export interface VaultOperation {
  readonly vault: string;
  readonly action: VaultAction;
  /** Absent for the list. */
  readonly object?: Pick<RemoteObject, 'type' | 'name'>;
}

export interface VaultHooks {
  /** May throw a PortError: nothing takes place. */
  readonly before?: (operation: VaultOperation) => void;
  /** May throw a PortError: it took place all the same. */
  readonly after?: (operation: VaultOperation) => void;
}

type Named = Pick<RemoteObject, 'type' | 'name'>;

export class InMemoryVault {
  readonly content: VaultContent;
  /** What the program asked for, in order, what was refused included: `set secret/db`. */
  readonly operations: string[] = [];
  hooks: VaultHooks = {};
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
    this.content = new VaultContent(name);
  }

  provider(): Provider {
    return {
      key: this.#name,
      description: `vault ${this.#name}`,
      get: (object) => this.#asked('get', object, () => this.#get(object)),
      list: (type = 'secret') => this.#asked('list', undefined, () => this.#list(type)),
      writer: {
        put: (name, content, properties) => {
          const object = { type: content.type, name };
          const action = content.type === 'secret' ? 'set' : 'import';
          return this.#asked(action, object, () => this.#put(object, content, properties));
        },
        patch: (object, properties) => this.#asked('update', object, () => this.#patch(object, properties)),
        delete: (object) => this.#asked('delete', object, () => this.#delete(object)),
        deleted: (object) =>
          this.#asked('deleted-get', object, () => {
            const found = this.#deleted(object);
            return found === undefined ? undefined : { tags: tagsOf(latestOf(found)) };
          }),
        recover: (object) => this.#asked('recover', object, () => this.#recover(object)),
      },
    };
  }

  async #asked<Result>(action: VaultAction, object: RemoteObject | undefined, act: () => Result): Promise<Result> {
    const named = object === undefined ? {} : { object: { type: object.type, name: object.name } };
    const operation = { vault: this.#name, action, ...named };
    this.operations.push(object === undefined ? action : `${action} ${object.type}/${object.name}`);
    this.hooks.before?.(operation);
    const result = act();
    this.hooks.after?.(operation);
    return result;
  }

  #live({ type, name }: Named): StoredObject | undefined {
    return this.content.find(COLLECTIONS[type], name);
  }

  #deleted({ type, name }: Named): StoredObject | undefined {
    return this.content.findDeleted(COLLECTIONS[type], name);
  }

  #get(object: RemoteObject): FetchedObject | undefined {
    const found = this.#live(object);
    const version = found === undefined ? undefined : versionOf(found, object.version);
    if (version === undefined) return undefined;
    if (!version.attributes.enabled) throw this.#refusal('Forbidden', 'SecretDisabled', object, 'is disabled');
    return { ...shown(version), value: valueOf(version) };
  }

  #list(type: RemoteType): readonly ListedObject[] {
    return this.content.list(COLLECTIONS[type]).map((object) => {
      const version = latestOf(object);
      const managed = isManaged(object) ? { managed: true as const } : {};
      return { name: object.name, enabled: version.attributes.enabled, ...metadataOf(version), ...managed };
    });
  }

  #put(object: Named, content: NewContent, properties: VaultProperties): FetchedObject {
    if (this.#deleted(object) !== undefined) {
      throw this.#refusal('Conflict', 'ObjectIsDeletedButRecoverable', object, 'is deleted and blocks the name');
    }
    const live = this.#live(object);
    if (live !== undefined && isManaged(live)) {
      throw this.#refusal('Forbidden', 'SecretManagedByKeyVault', object, 'belongs to a certificate');
    }
    const { tags, contentType = '', expires, notBefore } = properties;
    const attributes = {
      ...(typeof expires === 'number' ? { exp: expires } : {}),
      ...(notBefore === undefined ? {} : { nbf: notBefore }),
    };
    const beside = { tags, attributes, ...(contentType === '' ? {} : { contentType }) };
    return shown(latestOf(this.#append(object, content, beside)));
  }

  #append(object: Named, content: NewContent, beside: VersionContent): StoredObject {
    const { type, name } = object;
    switch (content.type) {
      case 'secret':
        return this.content.append('secrets', name, { value: textOf(content.value), ...beside });
      case 'key': {
        const jwk = withoutFields(JSON.parse(textOf(content.jwk)) as Fields, ...PRIVATE_MEMBERS);
        return this.content.append('keys', name, { jwk: jwk, ...beside });
      }
      case 'cert': {
        this.#refuseTaken(object);
        const { cer, jwk } = this.#imported(object, content);
        const own = this.content.append(COLLECTIONS[type], name, { cer, ...beside });
        const managed = { ...beside, version: latestOf(own).version, managed: true };
        this.content.append('secrets', name, { value: base64Of(content.value), ...managed });
        this.content.append('keys', name, { jwk, ...managed });
        return own;
      }
    }
  }

  /** A certificate makes a secret and a key of its name. */
  #refuseTaken(object: Named): void {
    const others = (['secrets', 'keys'] as const).map((collection) => this.content.find(collection, object.name));
    if (others.some((one) => one !== undefined && !isManaged(one))) {
      throw this.#refusal('Conflict', 'Conflict', object, 'is not taken: there is a secret or a key of that name');
    }
  }

  #imported(object: Named, { value, format, password }: Extract<NewContent, { type: 'cert' }>) {
    const pwd = password === undefined ? '' : textOf(password);
    const material = format === 'pem' ? readPem(textOf(value)) : readPkcs12(base64Of(value), pwd);
    if (material === undefined) throw this.#refusal('Invalid', 'BadParameter', object, 'cannot be read');
    return material;
  }

  /** Key Vault REST: an empty content type and no expiry change nothing; tags are replaced. */
  #patch(object: RemoteObject, { tags, contentType = '', expires }: VaultProperties): FetchedObject {
    const found = this.#live(object);
    const version = found === undefined ? undefined : versionOf(found, object.version);
    if (found === undefined || version === undefined) {
      throw this.#refusal('Conflict', 'SecretNotFound', object, 'does not exist');
    }
    const attributes = typeof expires === 'number' ? { exp: expires } : {};
    return shown(
      this.content.replace(found, version, { tags, attributes, ...(contentType === '' ? {} : { contentType }) }),
    );
  }

  #delete(object: Named): void {
    const found = this.#live(object);
    if (found !== undefined) this.content.softDelete(COLLECTIONS[object.type], found, { at: 0, settlesAt: 0 });
  }

  #recover(object: Named): void {
    const found = this.#deleted(object);
    if (found === undefined) throw this.#refusal('Conflict', 'SecretNotFound', object, 'is not deleted');
    this.content.recover(COLLECTIONS[object.type], found, 0);
  }

  #refusal(kind: 'Conflict' | 'Forbidden' | 'Invalid', code: string, { type, name }: Named, what: string): PortError {
    const disabled = code === 'SecretDisabled';
    return new PortError({
      kind,
      code,
      disabled,
      what: `${type} "${name}" in vault ${this.#name} ${what}`,
      fix: 'See to it.',
    });
  }
}

/** A store reaches the vault that its `vaultUrl` names; a vault of another name does not answer. */
export function inMemoryVaults(vaults: ReadonlyMap<string, InMemoryVault>): ProviderFactory {
  return {
    open: async (store) => {
      if (store.provider.type !== 'azurekv') throw new Error(`azurekv stores only: ${store.ref.name}`);
      const name = new URL(store.provider.vaultUrl).hostname.split('.')[0] ?? '';
      const vault = vaults.get(name);
      if (vault !== undefined) return vault.provider();
      const [what, fix] = [`vault ${name} is not known (ENOTFOUND)`, 'Check vaultUrl.'];
      throw new PortError({ kind: 'Unavailable', what, fix, code: 'ENOTFOUND', whole: true });
    },
  };
}

function versionOf({ versions }: StoredObject, version = ''): StoredVersion | undefined {
  return version === '' ? versions.at(-1) : versions.find((one) => one.version === version);
}

function valueOf({ value, jwk, cer }: StoredVersion): SecretValue {
  if (cer !== undefined) return SecretValue.of(Buffer.from(cer, 'base64'));
  return SecretValue.ofText(value ?? publicKeyJson(jwk ?? {}));
}

/** What every answer tells beside the value. */
function shown(version: StoredVersion): FetchedObject {
  const { contentType, managed } = version;
  return {
    value: undefined,
    version: version.version,
    ...metadataOf(version),
    ...(contentType === undefined ? {} : { contentType }),
    ...(managed === true ? { managed: true } : {}),
  };
}

function metadataOf(version: StoredVersion): Pick<FetchedObject, 'tags' | 'attributes'> {
  const { created, updated, exp, nbf } = version.attributes;
  const times = { created, updated, ...(exp === undefined ? {} : { expires: exp }) };
  return { tags: tagsOf(version), attributes: { ...times, ...(nbf === undefined ? {} : { notBefore: nbf }) } };
}

function tagsOf({ tags = {} }: StoredVersion): FetchedObject['tags'] {
  return new Map(Object.entries(tags));
}

function textOf(value: SecretValue): string {
  return new TextDecoder().decode(value.reveal());
}

function base64Of(value: SecretValue): string {
  return Buffer.from(value.reveal()).toString('base64');
}
