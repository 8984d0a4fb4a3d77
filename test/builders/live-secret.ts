/** A Secret as it was read, in as few words as a case needs. */
import { SecretValue } from '../../src/core/model/secret-value.ts';
import { secretRef, type LiveSecret } from '../../src/core/model/secret.ts';

interface LiveSecretParts extends Partial<Omit<LiveSecret, 'ref' | 'data' | 'labels' | 'annotations'>> {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Secret `shop/<name>` with these texts, made by nobody in particular. */
export function liveSecret(
  name: string,
  data: Readonly<Record<string, string>> = {},
  { namespace = 'shop', labels = {}, annotations = {}, ...parts }: LiveSecretParts = {},
): LiveSecret {
  return {
    ref: secretRef(namespace, name),
    type: 'Opaque',
    uid: `uid-of-${name}`,
    resourceVersion: '1',
    deleting: false,
    ownedFields: [],
    ownerReferences: [],
    finalizers: [],
    ...parts,
    data: values(data),
    labels: new Map(Object.entries(labels)),
    annotations: new Map(Object.entries(annotations)),
  };
}

/** Texts as the data of a Secret. */
export function values(data: Readonly<Record<string, string>>): ReadonlyMap<string, SecretValue> {
  return new Map(Object.entries(data).map(([key, text]) => [key, SecretValue.ofText(text)]));
}
