/**
 * An ExternalSecret that reads what a PushSecret writes from the very Secret that it makes: whoever writes last wins, and
 * a rotation on either side is undone by the other. Which side counts cannot be known, so neither is written, unless the
 * value goes round unchanged.
 */
import { compileRegexp } from '../../go/regexp.ts';
import type { PullIntent, SourceEntry, StoreEntry } from '../../model/intent.ts';
import { entryPath, namesStore } from '../../model/intent.ts';
import { refText } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { targetOf } from '../../model/target.ts';
import { vaultRefText } from '../../model/vault-object.ts';
import { parseKey } from '../../transform/parse-key.ts';
import { findType } from '../../transform/remote-object.ts';
import { pushProblem } from './push-item.ts';
import type { PushInput, WantedEntry } from './push-input.ts';

export interface Loop {
  readonly pull: PullIntent;
  readonly read: SourceEntry;
  readonly push: PushInput;
  readonly written: WantedEntry;
}

/** `vaultOf`: which vault an entry of an ExternalSecret reads, as `https://kv-shop.vault.azure.net`. */
export function loopsAmong(
  pulls: readonly PullIntent[],
  pushes: readonly PushInput[],
  vaultOf: (pull: PullIntent, entry: StoreEntry) => string | undefined,
): readonly Loop[] {
  const bySecret = new Map<string, PullIntent[]>();
  for (const pull of pulls) {
    const text = refText(targetOf(pull));
    bySecret.set(text, [...(bySecret.get(text) ?? []), pull]);
  }
  return pushes.flatMap((push) => {
    const entries = push.source.kind === 'found' ? push.source.entries : [];
    return entries.flatMap((written) =>
      (bySecret.get(refText(written.from)) ?? []).flatMap((pull) => {
        const read = pull.entries.find(
          (entry) => namesStore(entry) && reads(entry, written) && vaultOf(pull, entry) === written.target.vaultUrl,
        );
        if (read === undefined || goesRoundUnchanged(pull, read, push, written)) return [];
        return [{ pull, read, push, written }];
      }),
    );
  });
}

function reads(entry: SourceEntry, { target }: WantedEntry): boolean {
  switch (entry.kind) {
    case 'data':
    case 'extract': {
      const key = parseKey(entry.remoteRef.key);
      return 'type' in key && key.type === target.type && key.name.toLowerCase() === target.name.toLowerCase();
    }
    case 'find':
      return target.type === findType(entry) && (compileRegexp(entry.find.nameRegexp)?.matches(target.name) ?? false);
    case 'empty':
    case 'generate':
      return false;
  }
}

/** One key to one object and back into the same key, as it is. */
function goesRoundUnchanged(pull: PullIntent, read: SourceEntry, { intent }: PushInput, written: WantedEntry): boolean {
  if (pull.target.template !== undefined || intent.template !== undefined || written.property !== '') return false;
  if (written.target.type !== 'secret' || written.keys.length !== 1) return false;
  const [key] = written.keys;
  switch (read.kind) {
    case 'data': {
      const { property, version, decodingStrategy, metadataPolicy } = read.remoteRef;
      const isPlain = property === '' && version === '' && decodingStrategy === 'None' && metadataPolicy === 'None';
      return isPlain && read.secretKey === key;
    }
    case 'find':
      return read.rewrite.length === 0 && read.find.decodingStrategy === 'None' && key === written.target.name;
    default:
      return false;
  }
}

export function loopOfPush({ pull, push, written }: Loop): Problem {
  return pushProblem(push.intent, {
    code: 'push-pull-loop',
    path: written.field,
    what: `writes ${vaultRefText(written.target)}, from which ${refText(pull.ref)} makes the Secret that this reads`,
    fix: 'Neither was written. Push from another Secret, or read another object.',
  });
}

/** In the words of `blocked`. */
export function loopOfPull({ read, push, written }: Loop) {
  return {
    field: entryPath(read),
    what: `reads ${vaultRefText(written.target)}, which ${refText(push.intent.ref)} writes from the Secret that this makes`,
    fix: 'Neither was written. Push from another Secret, or read another object.',
  };
}
