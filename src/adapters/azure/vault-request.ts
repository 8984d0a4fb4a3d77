/** What is asked of which vault, as messages name it. */
import type { RemoteType } from '../../core/model/vault.ts';
import type { VaultAction } from '../../ports/provider.ts';
import type { Cloud } from './cloud.ts';

export interface VaultRequest {
  /** `vault kv-shop`. */
  readonly vault: string;
  readonly vaultName: string;
  readonly host: string;
  readonly cloud: Cloud;
  /** Who asked, where that is known without asking. */
  readonly clientId?: string | undefined;
  readonly action: VaultAction;
  readonly type: RemoteType;
  /** Absent for a list. */
  readonly name?: string;
  /** True where only names, versions and times are asked for. */
  readonly metadataOnly?: boolean;
}

/** One object of a type, as sentences and az call it. */
export const TYPE_WORDS: Readonly<Record<RemoteType, string>> = { secret: 'secret', cert: 'certificate', key: 'key' };

/** Whether it changes something in the vault. */
export function isWrite({ action }: VaultRequest): boolean {
  return action !== 'get' && action !== 'list' && action !== 'deleted-get';
}

/** `secret "db"`, or `the list of secrets`. */
export function objectOf({ type, name }: VaultRequest): string {
  return name === undefined ? `the list of ${TYPE_WORDS[type]}s` : `${TYPE_WORDS[type]} "${name}"`;
}

/** What is asked, as a noun: `secret "db"`, `the deletion of secret "db"`. */
export function asked(request: VaultRequest): string {
  const object = objectOf(request);
  switch (request.action) {
    case 'get':
    case 'list':
      return object;
    case 'set':
      return `a new version of ${object}`;
    case 'update':
      return `new properties of ${object}`;
    case 'import':
      return `the import of ${object}`;
    case 'delete':
      return `the deletion of ${object}`;
    case 'deleted-get':
      return `the deleted ${object}`;
    case 'recover':
      return `the recovery of ${object}`;
    default:
      return request.action satisfies never;
  }
}
