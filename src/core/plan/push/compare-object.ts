/** One wanted object beside what is there: does its value differ, do its properties? */
import type { PushedObject } from '../../model/condition.ts';
import type { PushExtras, PushMetadata } from '../../model/push-intent.ts';
import type { FetchedObject, RemoteTags } from '../../model/vault.ts';
import { SecretValue } from '../../model/secret-value.ts';
import { samePublicKey } from '../../push/key-content.ts';
import { memberNames, readMember } from '../../push/json-object.ts';
import { decodeUtf8 } from '../../transform/utf8.ts';
import { BASE64_TAG } from '../../push/secret-text.ts';
import { OWNER_TAG } from './owner.ts';
import type { WantedValue } from './push-input.ts';

/** Which members of a JSON object, or `*` for a whole value, are another. */
export function valueDifference(
  value: WantedValue,
  live: FetchedObject,
  record: PushedObject | undefined,
): readonly string[] {
  switch (value.type) {
    case 'untold':
      return [];
    case 'secret':
      return live.value?.equals(value.value) === true ? [] : ['*'];
    case 'members': {
      const text = textOf(live);
      return [...value.members].filter(([name, member]) => !hasMember(text, name, member)).map(([name]) => name);
    }
    case 'key':
      return live.value !== undefined && samePublicKey(live.value, value.publicKey) ? [] : ['*'];
    case 'cert': {
      const sameLeaf = live.value?.equals(value.leaf) === true;
      const sameChain = value.chain === undefined || (record?.chain ?? value.chain) === value.chain;
      return sameLeaf && sameChain ? [] : ['*'];
    }
  }
}

function hasMember(text: string, name: string, member: SecretValue): boolean {
  const written = readMember(text, name);
  return written?.text !== undefined && SecretValue.ofText(written.text).equals(member);
}

/** '' where nothing is there. */
export function textOf(live: FetchedObject | undefined): string {
  return live?.value === undefined || live.value.isOpaque ? '' : decodeUtf8(live.value.reveal());
}

/** Members of an object that we wrote before and that no entry names any more. */
export function staleMembers(
  value: WantedValue,
  live: FetchedObject | undefined,
  record: Pick<PushedObject, 'properties'> | undefined,
): readonly string[] {
  if (value.type !== 'members' || record?.properties === undefined) return [];
  const present = new Set(memberNames(textOf(live)) ?? []);
  return record.properties.filter((name) => !value.members.has(name) && present.has(name));
}

export interface WantedProperties {
  readonly tags: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly expires?: number | null;
}

export interface PropertyDifference {
  /** `tag team`, `content type`, `expiry`. */
  readonly names: readonly string[];
  /** Absent where there are more tags than Key Vault takes. */
  readonly properties?: WantedProperties;
}

/** Key Vault REST. */
export const MOST_TAGS = 15;

/** Tags of others survive; ours are those that `metadata` names and those that we wrote before. */
export function propertiesFor(
  { metadata, own, extras, expires, isBase64 }: PropertiesRequest,
  live: FetchedObject | undefined,
  record: PushedObject | undefined,
): PropertyDifference {
  const wanted = { ...metadata.tags, ...(isBase64 ? BASE64_TAG : {}) };
  const liveTags = live?.tags ?? new Map<string, string | null>();
  const gone = (record?.tags ?? []).filter((name) => !Object.hasOwn(wanted, name) && liveTags.has(name));
  const kept = keptTags(liveTags, gone);
  const contentType = extras.noContentType ? '' : (metadata.contentType ?? live?.contentType);
  const until = expires ?? live?.attributes.expires;
  const tags = fittingTags({ ...kept, ...wanted, ...own });
  return {
    names: [
      ...Object.entries(wanted).flatMap(([name, text]) => (liveTags.get(name) === text ? [] : [`tag ${name}`])),
      ...gone.map((name) => `tag ${name}`),
      ...((contentType ?? '') === (live?.contentType ?? '') ? [] : ['content type']),
      ...(until === live?.attributes.expires ? [] : ['expiry']),
    ],
    ...(tags === undefined
      ? {}
      : {
          properties: {
            tags,
            ...(contentType === undefined ? {} : { contentType }),
            ...(until === undefined ? {} : { expires: until }),
          },
        }),
  };
}

/** Where there is room for one of our two tags only, it is the operator's: records say whose the object is, too. */
function fittingTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  if (Object.keys(tags).length <= MOST_TAGS) return tags;
  const others = Object.entries(tags).filter(([name]) => name !== OWNER_TAG);
  return others.length <= MOST_TAGS ? Object.fromEntries(others) : undefined;
}

interface PropertiesRequest {
  readonly metadata: PushMetadata;
  readonly own: Readonly<Record<string, string>>;
  readonly extras: Pick<PushExtras, 'noContentType'>;
  readonly expires: number | undefined;
  readonly isBase64: boolean;
}

function keptTags(tags: RemoteTags, gone: readonly string[]): Readonly<Record<string, string>> {
  const kept = [...tags].filter(([name]) => !gone.includes(name));
  return Object.fromEntries(kept.map(([name, text]) => [name, text ?? '']));
}
