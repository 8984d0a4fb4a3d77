/** A cluster of which no value is known: its Secrets have keys, labels and owners. It cannot be written to. */
import { hashData } from '../../core/go/go-hash.ts';
import { DATA_HASH_ANNOTATION, REDACTED } from '../../core/model/names.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import type { LiveSecret } from '../../core/model/secret.ts';
import type { ClusterReader } from '../../ports/cluster.ts';

/** `secrets` is where Secrets are read, if the cluster has a way to read them without their values. */
export function withoutValues(
  cluster: ClusterReader,
  secrets: Pick<ClusterReader, 'getSecret' | 'listSecrets' | 'selectSecrets'> = cluster,
): ClusterReader {
  return {
    description: cluster.description,
    getSecret: async (ref) => {
      const secret = await secrets.getSecret(ref);
      return secret === undefined ? undefined : hidden(secret);
    },
    listSecrets: async (namespace, label) => (await secrets.listSecrets(namespace, label)).map(hidden),
    selectSecrets: async (namespace, selector) => (await secrets.selectSecrets(namespace, selector)).map(hidden),
    getConfigMap: (namespace, name) => cluster.getConfigMap(namespace, name),
    getServiceAccount: (namespace, name) => cluster.getServiceAccount(namespace, name),
    requestToken: (namespace, name, audiences) => cluster.requestToken(namespace, name, audiences),
    getNamespace: (name) => cluster.getNamespace(name),
    listNamespaces: () => cluster.listNamespaces(),
  };
}

/** Kubernetes: metadata names the keys that somebody owns. The hash of the data is as good as a short value. */
function hidden(secret: LiveSecret): LiveSecret {
  const keys = new Set([...secret.data.keys(), ...secret.ownedFields.flatMap(({ data }) => data)]);
  const annotations = new Map(secret.annotations);
  const hash = annotations.get(DATA_HASH_ANNOTATION);
  if (hash !== undefined && hash !== HASH_OF_NOTHING) annotations.set(DATA_HASH_ANNOTATION, REDACTED);
  return { ...secret, annotations, data: new Map([...keys].map((key) => [key, SecretValue.fingerprint(() => false)])) };
}

/** Tells nothing, and says that a Secret without keys is as it was written. */
const HASH_OF_NOTHING = hashData(new Map());
