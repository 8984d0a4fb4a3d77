/**
 * A cluster in a folder: Secrets as YAML files, for previews, GitOps and tests.
 *
 * | file | read | written |
 * | --- | --- | --- |
 * | `<namespace>/secrets/<name>.yaml` that holds this one Secret | yes | yes |
 * | `<namespace>/configmaps/<name>.yaml` that holds this one ConfigMap | yes | yes |
 * | any other YAML file: Namespaces, ServiceAccounts, Secrets made by hand | yes | never |
 *
 * A Secret made by hand that is changed gets a file of the first kind, which then stands in front of it.
 * Nothing outside the folder is written: names become paths only after they are checked to be DNS names.
 */
import { createHash } from 'node:crypto';
import { selects } from '../../core/model/label-selector.ts';
import { say, setting, type Message } from '../../core/model/message.ts';
import { compareRefs, refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { SecretValue } from '../../core/model/secret-value.ts';
import type { DesiredSecret, LiveSecret } from '../../core/model/secret.ts';
import type { LabelSelector } from '../../core/model/store.ts';
import { isSecret } from '../../core/model/target.ts';
import {
  assertSelector,
  type Cluster,
  type ConfigMap,
  type Namespace,
  type ServiceAccount,
} from '../../ports/cluster.ts';
import { PortError } from '../../ports/errors.ts';
import { createFile, removeFile, replaceFile } from './atomic-file.ts';
import { mergeOwners, ownersAfterCreate, ownersAfterUpdate, type FieldOwner } from './field-ownership.ts';
import { Fingerprints } from './fingerprints.ts';
import { configMapData, fileOf, namespacedRef, textsOf } from './folder-layout.ts';
import { FolderObjects, type SecretPlace } from './folder-objects.ts';
import { assertCreatable, assertObjectName, assertReplaceable } from './refused-secret.ts';
import type { FileInFolder } from './no-links.ts';
import { fieldsOf } from '../../core/model/fields.ts';
import { placeOf, printSecret, readSecretDocument, type ValueCodec } from './secret-file.ts';
import type { StateFile } from './state-file.ts';

export interface DirectoryClusterOptions {
  /** As the user wrote it: messages show it. */
  readonly folder: string;
  /** Without it no file that is written holds a value. */
  readonly showValues?: boolean;
}

/** Where a Secret stands, and what it is. */
interface FoundSecret extends SecretPlace {
  readonly live: LiveSecret;
}

export class DirectoryCluster implements Cluster {
  readonly description: string;
  readonly #folder: string;
  readonly #objects: FolderObjects;
  readonly #state: StateFile;
  readonly #codec: ValueCodec;

  constructor(options: DirectoryClusterOptions, state: StateFile) {
    this.description = `folder ${options.folder}`;
    this.#folder = options.folder;
    this.#objects = new FolderObjects(options.folder);
    this.#state = state;
    const fingerprints = new Fingerprints(options.folder);
    this.#codec = { showValues: options.showValues ?? false, fingerprints };
  }

  async getSecret(ref: ObjectRef): Promise<LiveSecret | undefined> {
    return (await this.#find(ref))?.live;
  }

  async listSecrets(
    namespace: string,
    label: { readonly key: string; readonly value: string },
  ): Promise<readonly LiveSecret[]> {
    return await this.selectSecrets(namespace, { matchLabels: { [label.key]: label.value }, matchExpressions: [] });
  }

  async selectSecrets(namespace: string, selector: LabelSelector): Promise<readonly LiveSecret[]> {
    assertSelector(namespace, selector);
    const refs = await this.#objects.secretsOf(namespace);
    const secrets = await Promise.all(refs.map((ref) => this.getSecret(ref)));
    return secrets
      .filter((secret) => secret !== undefined)
      .filter(({ labels }) => selects(selector, Object.fromEntries(labels)))
      .sort((a, b) => compareRefs(a.ref, b.ref));
  }

  async createSecret(secret: DesiredSecret, manager: string): Promise<LiveSecret> {
    const ref = namespacedRef(secret.ref);
    assertCreatable({ ...secret, ref });
    if ((await this.#find(ref)) !== undefined) throw conflict(ref, 'exists already');
    await this.#create(ref, secret);
    try {
      return await this.#written(ref, ownersAfterCreate(secret, manager, 'Apply'));
    } catch (error) {
      await this.#takeBack(ref);
      throw error;
    }
  }

  async updateSecret(secret: DesiredSecret, resourceVersion: string, manager: string): Promise<LiveSecret> {
    const ref = namespacedRef(secret.ref);
    const found = await this.#find(ref);
    if (found === undefined) throw absent(ref);
    const { live, document } = found;
    if (live.resourceVersion !== resourceVersion) throw conflict(ref, 'was changed since it was read');
    const type = isSecret(ref) ? { type: secret.type ?? live.type ?? 'Opaque' } : {};
    const desired: DesiredSecret = { ...secret, ref, ...type };
    assertReplaceable(live, desired);
    const owners = await this.#ownersOf(ref);
    if (found.ours) {
      this.#assertNothingIsLost(found, desired, owners);
      await this.#replace(desired, document.hash);
    } else {
      await this.#create(ref, desired);
    }
    return await this.#written(ref, ownersAfterUpdate(owners, live, desired, manager));
  }

  async deleteSecret(secret: LiveSecret): Promise<readonly string[]> {
    const ref = namespacedRef(secret.ref);
    const found = await this.#find(ref);
    if (found === undefined) return [];
    if (found.live.uid !== secret.uid || found.live.resourceVersion !== secret.resourceVersion) {
      throw conflict(ref, 'was changed since it was read');
    }
    await this.#objects.assertNotMadeByHand(ref);
    if (!(await removeFile(this.#path(ref), found.document.hash))) throw conflict(ref, 'was changed since it was read');
    await this.#state.update(({ fieldOwners }) => Reflect.deleteProperty(fieldOwners, refText(ref)));
    return [];
  }

  async getConfigMap(namespace: string, name: string): Promise<ConfigMap | undefined> {
    const ref: ObjectRef = { kind: 'ConfigMap', namespace, name };
    const place = await this.#objects.findSecret(ref);
    return place === undefined ? undefined : { ref, data: new Map(Object.entries(configMapData(place.document))) };
  }

  async getServiceAccount(namespace: string, name: string): Promise<ServiceAccount | undefined> {
    const ref: ObjectRef = { kind: 'ServiceAccount', namespace, name };
    const document = await this.#objects.find(ref);
    return document === undefined ? undefined : { ref, annotations: textsOf(document, 'annotations') };
  }

  /** Never answers: only an API server can vouch for a ServiceAccount. */
  async requestToken(namespace: string, name: string): Promise<string> {
    await Promise.resolve();
    throw new PortError({
      kind: 'Forbidden',
      what: `${this.description} cannot issue a token for ServiceAccount ${namespace}/${name}`,
      fix: say`Only a real cluster can. Choose another identity with ${setting('identity')}.`,
    });
  }

  /** A folder has every namespace that is asked for; a document of kind Namespace adds its labels. */
  async getNamespace(name: string): Promise<Namespace | undefined> {
    const document = await this.#objects.find({ kind: 'Namespace', name });
    const labels = document === undefined ? {} : textsOf(document, 'labels');
    return { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } };
  }

  /** A folder has no list of them: those that a document is about or in. */
  async listNamespaces(): Promise<readonly Namespace[]> {
    const found: Namespace[] = [];
    for (const name of await this.#objects.namespaces()) {
      const namespace = await this.getNamespace(name);
      if (namespace !== undefined) found.push(namespace);
    }
    return found;
  }

  async #find(secret: ObjectRef): Promise<FoundSecret | undefined> {
    const ref = namespacedRef(secret);
    assertObjectName(ref);
    const place = await this.#objects.findSecret(ref);
    return place === undefined ? undefined : await this.#read(ref, place);
  }

  async #read(ref: ObjectRef, { document, ours }: SecretPlace): Promise<FoundSecret> {
    await this.#codec.fingerprints.load();
    const { content, deleting, faults } = readSecretDocument(ref, fieldsOf(document.value), this.#codec);
    const [fault] = faults;
    if (fault !== undefined) {
      throw new PortError({
        kind: 'Invalid',
        what: say`${refText(ref)}: ${fault.what} (${this.#objects.place(document, document.lineOf(fault.path))})`,
        fix: 'Mend the file, or remove it.',
      });
    }
    const owners = await this.#ownersOf(ref);
    const ownedFields = mergeOwners(owners);
    const data = ours ? await this.#withoutOldValues(ref, content.data, owners) : content.data;
    const live = { ...content, data, ref, uid: uidOf(ref), resourceVersion: document.hash, deleting, ownedFields };
    return { live, document, ours };
  }

  /** Values that a run with --show-values left in a file of ours: unequal to any, so that they are redacted. */
  async #withoutOldValues(
    ref: ObjectRef,
    data: LiveSecret['data'],
    owners: readonly FieldOwner[],
  ): Promise<LiveSecret['data']> {
    const { showValues, fingerprints } = this.#codec;
    const written = new Set(owners.flatMap((owner) => owner.data));
    const isOld = (key: string, value: SecretValue) => !showValues && !value.isOpaque && written.has(key);
    if (![...data].some(([key, value]) => isOld(key, value))) return data;
    await fingerprints.ensure();
    const hide = (key: string, value: SecretValue) =>
      fingerprints.forgotten(placeOf(ref, key), fingerprints.redact(placeOf(ref, key), value));
    return new Map([...data].map(([key, value]) => [key, isOld(key, value) ? hide(key, value) : value]));
  }

  async #create(ref: ObjectRef, desired: DesiredSecret): Promise<void> {
    if (!this.#codec.showValues) await this.#codec.fingerprints.ensure();
    if (await createFile(this.#path(ref), printSecret(ref, desired, this.#codec))) return;
    const { document, holds } = await this.#objects.ownFile(ref);
    if (holds) throw conflict(ref, 'exists already');
    throw new PortError({
      kind: 'Invalid',
      what: `${refText(ref)} cannot be written: ${this.#objects.place(document, 1)} holds something else`,
      fix: 'Move that file to another name.',
    });
  }

  async #replace(desired: DesiredSecret, readHash: string): Promise<void> {
    if (!this.#codec.showValues) await this.#codec.fingerprints.ensure();
    const content = printSecret(desired.ref, desired, this.#codec);
    if (await replaceFile(this.#path(desired.ref), content, readHash)) return;
    throw conflict(desired.ref, 'was changed since it was read');
  }

  /** The owners come after the file: a run that dies in between leaves keys without owner, which nobody removes. */
  async #written(ref: ObjectRef, owners: readonly FieldOwner[]): Promise<LiveSecret> {
    await this.#state.update(({ fieldOwners }) => {
      fieldOwners[refText(ref)] = owners;
    });
    const found = await this.#find(ref);
    if (found === undefined) throw conflict(ref, 'was deleted right after it was written');
    return found.live;
  }

  /** A new Secret whose owners cannot be recorded was not made: nobody would ever remove its keys. */
  async #takeBack(ref: ObjectRef): Promise<void> {
    const found = await this.#find(ref).catch(() => undefined);
    if (found?.ours === true) await removeFile(this.#path(ref), found.document.hash).catch(() => false);
  }

  async #ownersOf(ref: ObjectRef): Promise<readonly FieldOwner[]> {
    return (await this.#state.read()).fieldOwners[refText(ref)] ?? [];
  }

  /** Redacting a value that no vault can give back would destroy it. */
  #assertNothingIsLost(found: FoundSecret, desired: DesiredSecret, owners: readonly FieldOwner[]): void {
    if (this.#codec.showValues) return;
    const written = new Set(owners.flatMap((owner) => owner.data));
    const lost = [...desired.data.keys()].filter((key) => {
      const value = found.live.data.get(key);
      return value !== undefined && !value.isOpaque && !written.has(key);
    });
    if (lost.length === 0) return;
    throw new PortError({
      kind: 'Forbidden',
      what: `${refText(desired.ref)} holds values made by hand (${lost.join(', ')}) that redacting would destroy (${this.#objects.place(found.document, found.document.line)})`,
      fix: say`Move the file to another name in the folder, where it is only read, or run with ${setting('show-values')}.`,
    });
  }

  #path(ref: ObjectRef): FileInFolder {
    return { folder: this.#folder, file: fileOf(ref) };
  }
}

/** The same on every machine and in every run: a folder has no identity of its own. */
function uidOf(ref: ObjectRef): string {
  const hex = createHash('sha256').update(refText(ref)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function conflict(ref: ObjectRef, what: Message): PortError {
  return new PortError({
    kind: 'Conflict',
    what: say`${refText(ref)} ${what}`,
    fix: 'It is planned again with what is there now.',
  });
}

function absent(ref: ObjectRef): PortError {
  return new PortError({
    kind: 'NotFound',
    what: `${refText(ref)} does not exist`,
    fix: 'It was deleted meanwhile. Run again to create it.',
  });
}
