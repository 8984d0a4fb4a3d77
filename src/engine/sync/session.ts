/**
 * What one run has open: stores, reads of vaults, texts of templates. Everything live is here; what is gathered is data.
 */
import type { OtherIntents } from '../../core/plan/pull/ownership.ts';
import type { Source } from '../../core/plan/pull/pull-input.ts';
import type { SecretValue } from '../../core/model/secret-value.ts';
import { Pieces } from './pieces.ts';
import type { ReadPorts } from './ports.ts';
import { VaultReads } from './reads.ts';
import type { Resolved, ResolvedPull } from './resolve.ts';
import type { RunSettings } from './settings.ts';
import { OpenStores } from './stores.ts';
import { TemplateInputs } from './template-inputs.ts';

/** How what an intent asks for is read once it is due. Never rejects for what a vault does. */
export type ReadSource = (resolved: ResolvedPull, session: Session) => Promise<Source>;

export interface Session {
  readonly ports: ReadPorts;
  readonly settings: RunSettings;
  readonly others: OtherIntents;
  readonly stores: OpenStores;
  readonly reads: VaultReads;
  readonly pieces: Pieces;
  readonly templates: TemplateInputs;
  /** Values that this run has drawn: what is planned again is planned with the same. */
  readonly draws: Map<string, ReadonlyMap<string, SecretValue>>;
  readonly readSource: ReadSource;
}

/** Opens nothing yet: stores are opened, and vaults asked, as intents need them. */
export function openSession(
  { world, others }: Resolved,
  ports: ReadPorts,
  settings: RunSettings,
  readSource: ReadSource,
): Session {
  const pieces = new Pieces(ports);
  return {
    ports,
    settings,
    others,
    stores: new OpenStores(world, ports.providers),
    reads: new VaultReads(),
    pieces,
    templates: new TemplateInputs(ports, pieces),
    draws: new Map(),
    readSource,
  };
}

/** The same, but every vault object is asked for once more: who was faster than this run may have written something newer. */
export function afresh(session: Session): Session {
  return { ...session, reads: session.reads.afresh() };
}
