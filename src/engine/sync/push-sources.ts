/** What the source Secrets of a PushSecret hold, as the pulls of the same plan leave them. */
import { say, type Message } from '../../core/model/message.ts';
import type { PushFault, PushIntent } from '../../core/model/push-intent.ts';
import { refText } from '../../core/model/object-ref.ts';
import { secretRef, type LiveSecret } from '../../core/model/secret.ts';
import { targetText } from '../../core/model/target.ts';
import { selects } from '../../core/model/label-selector.ts';
import { asPortError, type PortError } from '../../ports/errors.ts';
import type { ReadPorts } from './ports.ts';

/** Secrets that the plan changes, by `targetText`; `undefined` = it deletes them. */
export type PlannedSecrets = ReadonlyMap<string, LiveSecret | undefined>;

export type PushSources =
  | { readonly kind: 'found'; readonly secrets: readonly LiveSecret[] }
  | { readonly kind: 'gone'; readonly held?: Message }
  | { readonly kind: 'unclear'; readonly fault: PushFault }
  | { readonly kind: 'failed'; readonly error: PortError };

/** Secrets that are being deleted are still read: whoever uses them still has them. */
export async function readSources(intent: PushIntent, planned: PlannedSecrets, ports: ReadPorts): Promise<PushSources> {
  try {
    switch (intent.source.kind) {
      case 'none':
        return { kind: 'unclear', fault: NO_SELECTOR };
      case 'secret':
        return await namedSource(intent, intent.source.name, planned, ports);
      case 'labels':
        return { kind: 'found', secrets: await selectedSources(intent, planned, ports) };
    }
  } catch (error) {
    return { kind: 'failed', error: asPortError(error) };
  }
}

const NO_SELECTOR: PushFault = {
  code: 'push-no-source',
  path: ['spec', 'selector', 'secret'],
  what: 'names no Secret: no secret selector provided',
  fix: 'Give a name, or a selector of labels.',
};

async function namedSource(
  { ref, deletionPolicy }: PushIntent,
  name: string,
  planned: PlannedSecrets,
  { cluster }: ReadPorts,
): Promise<PushSources> {
  const target = secretRef(ref.namespace, name);
  const text = targetText(target);
  if (planned.has(text)) {
    const secret = planned.get(text);
    // What this very run deletes is no source that somebody took away.
    return secret === undefined ? { kind: 'gone', held: 'this run deletes the Secret itself' } : found(secret);
  }
  const live = await cluster.getSecret(target);
  if (live !== undefined) return found(live);
  return deletionPolicy === 'None' ? { kind: 'gone' } : { kind: 'gone', ...(await heldBy(ref.namespace, cluster)) };
}

function found(secret: LiveSecret): PushSources {
  return { kind: 'found', secrets: [secret] };
}

/** A namespace that goes takes its Secrets with it: nobody wished for what that would delete in a vault. */
async function heldBy(name: string, cluster: ReadPorts['cluster']): Promise<{ readonly held?: Message }> {
  try {
    const namespace = await cluster.getNamespace(name);
    if (namespace === undefined) return { held: `namespace ${name} does not exist` };
    return namespace.deleting === true ? { held: `namespace ${name} is being deleted` } : {};
  } catch (error) {
    return { held: say`whether namespace ${name} is being deleted could not be seen (${asPortError(error).what})` };
  }
}

async function selectedSources(
  { ref, source }: PushIntent,
  planned: PlannedSecrets,
  { cluster }: ReadPorts,
): Promise<readonly LiveSecret[]> {
  if (source.kind !== 'labels') return [];
  const { selector } = source;
  const listed = await cluster.selectSecrets(ref.namespace, selector);
  const live = listed.filter((secret) => !planned.has(refText(secret.ref)));
  const changed = [...planned.values()].filter(
    (secret): secret is LiveSecret =>
      secret?.ref.namespace === ref.namespace && selects(selector, Object.fromEntries(secret.labels)),
  );
  return [...live, ...changed].toSorted((a, b) => (a.ref.name < b.ref.name ? -1 : 1));
}
