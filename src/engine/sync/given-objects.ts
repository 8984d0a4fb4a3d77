/**
 * The cluster as logins see it: what it lacks, or may not be read, may stand in the manifests. Only for what stores
 * name, and only on the machine that reads the manifests; targets and templates are those of the cluster alone.
 */
import { givenObjects, type GivenObjects, type GivenSecret } from '../../core/api/given-objects.ts';
import type { ManifestDocument } from '../../core/model/document.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { LiveSecret } from '../../core/model/secret.ts';
import type { ClusterReader, ServiceAccount } from '../../ports/cluster.ts';
import { PortError } from '../../ports/errors.ts';
import type { ManifestSource } from '../../ports/manifest-source.ts';

/** Reads the manifests once, whoever asks: standard input cannot be read twice. */
export function readOnce(source: ManifestSource): ManifestSource {
  let loading: ReturnType<ManifestSource['load']> | undefined;
  return { load: () => (loading ??= source.load()) };
}

/** `namespace` is for documents that name none. */
export function withGivenObjects(
  cluster: ClusterReader,
  source: ManifestSource,
  namespace: string | undefined,
): ClusterReader {
  const given = async (): Promise<GivenObjects> => givenObjects(await documentsOf(source), namespace);
  return {
    description: cluster.description,
    getSecret: (ref) =>
      firstOf(
        () => cluster.getSecret(ref),
        async () => liveOf((await given()).secrets.get(refText(ref))),
      ),
    getServiceAccount: (place, name) => {
      const ref: ObjectRef = { kind: 'ServiceAccount', namespace: place, name };
      return firstOf(
        () => cluster.getServiceAccount(place, name),
        async () => accountOf(ref, await given()),
      );
    },
    listSecrets: (place, label) => cluster.listSecrets(place, label),
    selectSecrets: (place, selector) => cluster.selectSecrets(place, selector),
    getConfigMap: (place, name) => cluster.getConfigMap(place, name),
    requestToken: (place, name, audiences) => cluster.requestToken(place, name, audiences),
    getNamespace: (name) => cluster.getNamespace(name),
    listNamespaces: () => cluster.listNamespaces(),
  };
}

async function documentsOf(source: ManifestSource): Promise<readonly ManifestDocument[]> {
  return (await source.load()).documents;
}

/** What the cluster has goes first: that is what the job will find. Other failures than a missing right are told. */
async function firstOf<Found>(
  live: () => Promise<Found | undefined>,
  given: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  try {
    return (await live()) ?? (await given());
  } catch (error) {
    if (!(error instanceof PortError) || error.kind !== 'Forbidden') throw error;
    const found = await given();
    if (found === undefined) throw error;
    return found;
  }
}

function accountOf(ref: ObjectRef, { serviceAccounts }: GivenObjects): ServiceAccount | undefined {
  const object = serviceAccounts.get(refText(ref));
  return object === undefined ? undefined : { ref, annotations: object.metadata.annotations ?? {} };
}

/** As if it had been applied, by nobody. */
function liveOf(secret: GivenSecret | undefined): LiveSecret | undefined {
  if (secret === undefined) return undefined;
  const { ref, type, data } = secret;
  return {
    ref,
    ...(type === undefined ? {} : { type }),
    data,
    uid: '',
    resourceVersion: '',
    deleting: false,
    labels: new Map(),
    annotations: new Map(),
    ownerReferences: [],
    finalizers: [],
    ownedFields: [],
  };
}
