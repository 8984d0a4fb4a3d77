/** `validate --upgrade`: manifests in the newest version of each kind, with no network at all. */
import { parseDocuments } from '../core/api/documents.ts';
import { manifestChecks, type Reading } from '../core/api/manifests.ts';
import { nothingFound } from '../core/api/nothing-found.ts';
import { upgradeTexts, type ManifestTexts } from '../core/api/upgrade.ts';
import { hasErrors } from '../core/model/problem.ts';
import type { UpgradeReport } from '../core/report/upgrade.ts';
import { Pieces } from '../engine/sync/pieces.ts';
import type { Stoppable } from '../engine/stop.ts';

/** What is wrong by itself is told as by `validate`; what is missing beside it, as a store, does not matter here. */
export async function upgrade(manifests: ManifestTexts, settings: Reading & Stoppable): Promise<UpgradeReport> {
  const parsed = manifests.texts.map(({ file, text }) => parseDocuments(file, text));
  const documents = parsed.flatMap((one) => one.documents);
  const unread = [...manifests.problems, ...parsed.flatMap((one) => one.problems)];
  const nothing = unread.length > 0 ? undefined : nothingFound(documents);
  const { problems: found } = await new Pieces(settings).run(manifestChecks(documents, settings));
  const problems = [...unread, ...(nothing === undefined ? [] : [nothing]), ...found];
  if (hasErrors(problems)) return { problems };
  const upgraded = upgradeTexts(manifests.texts);
  if (hasErrors(upgraded.problems)) return { problems: [...problems, ...upgraded.problems] };
  return { text: upgraded.text, problems };
}
