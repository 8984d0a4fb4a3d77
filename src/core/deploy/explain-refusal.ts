/**
 * Why the API server takes no pod of the Job: its own words → one sentence, and the setting that mends it.
 *
 * | what refuses | passes by itself |
 * | --- | --- |
 * | a quota that wants something specified, or less than one pod asks for | no |
 * | a quota that is used up | yes: what others use may go |
 * | a LimitRange: minimum, maximum, ratio | no |
 * | PodSecurity, a policy, a webhook that denies | no |
 * | a webhook that does not answer | yes: it may come back |
 * | a ServiceAccount that is not there | yes: it was made a moment ago |
 */
import { joined, messageText, say, setting, type Message, type SettingPart } from '../model/message.ts';
import type { Explanation } from './explanation.ts';
import { readQuantity } from './quantity.ts';
import { CONTAINER, keepOut } from './sidecars.ts';
import type { SettingName } from '../model/setting-names.ts';

type RefusalRule = (refusal: string) => Explanation | undefined;

/** The first that knows the words decides. */
const RULES: readonly RefusalRule[] = [
  webhookDown,
  webhookDenies,
  policyDenies,
  podSecurity,
  unspecified,
  outOfRange,
  ratio,
  overQuota,
  noServiceAccount,
  terminating,
  invalid,
];

/** `undefined` where the words are none that are known. */
export function explainRefusal(refusal: string): Explanation | undefined {
  // Policies write whole paragraphs.
  const line = refusal.replace(/\s*\n\s*/gu, ' ');
  for (const rule of RULES) {
    const explanation = rule(line);
    if (explanation !== undefined) return explanation;
  }
  return undefined;
}

/** What the API server said, without whom it said it of. */
export function withoutPrefix(refusal: string): string {
  return refusal.replace(/^Error creating: /u, '').replace(/^pods? "[^"]*" is forbidden: /iu, '');
}

/** Controllers try again after seconds; what a minute does not bring is not on its way. */
const SOON_MS = 60_000;
const WORKLOAD_IDENTITY = 'mutation.azure-workload-identity.io';

function webhookDown(refusal: string): Explanation | undefined {
  const match = /failed calling (?:admission )?webhook "(?<name>[^"]+)"(?:: (?<why>.*))?$/su.exec(refusal);
  const { name, why } = match?.groups ?? {};
  if (name === undefined) return undefined;
  return {
    what: `the admission webhook ${name} does not answer${why === undefined ? '' : `: ${why.trim()}`}`,
    fix:
      name === WORKLOAD_IDENTITY
        ? 'It gives the pods their identity: see that azure-wi-webhook-controller-manager runs in kube-system.'
        : 'See that it runs, or ask who runs it: until then no pod of this namespace starts.',
    mayPass: true,
    withinMs: SOON_MS,
  };
}

function webhookDenies(refusal: string): Explanation | undefined {
  const { name, why = '' } =
    /admission webhook "(?<name>[^"]+)" denied the request(?:: (?<why>.*))?$/su.exec(refusal)?.groups ?? {};
  if (name === undefined) return undefined;
  return { what: `the admission webhook ${name} refuses the pod${after(why)}`, fix: policyFix(why), mayPass: false };
}

function policyDenies(refusal: string): Explanation | undefined {
  const match =
    /ValidatingAdmissionPolicy '(?<name>[^']+)'(?: with binding '[^']*')? denied request(?:: (?<why>.*))?$/su;
  const { name, why = '' } = match.exec(refusal)?.groups ?? {};
  if (name === undefined) return undefined;
  return {
    what: `the ValidatingAdmissionPolicy ${name} refuses the pod${after(why)}`,
    fix: policyFix(why),
    mayPass: false,
  };
}

function after(words: string): string {
  return words.trim() === '' ? '' : `: ${words.trim()}`;
}

/** What a policy speaks of → the settings that meet it. */
const OF_POLICIES: readonly { readonly words: RegExp; readonly options: readonly SettingName[] }[] = [
  { words: /\bcpu\b/iu, options: ['cpu-limit', 'cpu-request'] },
  { words: /\bmemory\b/iu, options: ['memory', 'memory-request'] },
  { words: /\bresource limits?\b|\blimits\b/iu, options: ['cpu-limit', 'memory'] },
  { words: /\blabels?\b/iu, options: ['pod-label'] },
  { words: /\bannotations?\b/iu, options: ['pod-annotation'] },
  { words: /\bimages?\b|\bregistr(?:y|ies)\b|\bdigest\b/iu, options: ['image'] },
  { words: /\btolerations?\b/iu, options: ['toleration'] },
  { words: /\bnode ?selector\b/iu, options: ['node-selector'] },
];

function policyFix(words: string): Message {
  const options = [...new Set(OF_POLICIES.filter((one) => one.words.test(words)).flatMap((one) => one.options))];
  const asked = 'ask who runs that policy';
  return options.length === 0
    ? say`Meet it with the options for the pods (${setting('cpu-limit')}, ${setting('pod-label')} and so on), or ${asked}.`
    : say`Meet it with ${listed(options.map(setting))}, or ${asked}.`;
}

function podSecurity(refusal: string): Explanation | undefined {
  const place = refusal.indexOf('violates PodSecurity');
  if (place === -1) return undefined;
  return {
    what: `the pod ${refusal.slice(place)}`,
    fix: 'Admit it in the namespace, or report it: the pod asks for nothing beyond "restricted".',
    mayPass: false,
  };
}

/** What says how much the container may have, and asks for. */
const OPTIONS: Readonly<Record<string, Readonly<Record<string, SettingName>>>> = {
  cpu: { limit: 'cpu-limit', request: 'cpu-request' },
  memory: { limit: 'memory', request: 'memory-request' },
};

/** ResourceQuota: `failed quota: compute: must specify limits.cpu for: keyferry; requests.cpu for: istio-proxy`. */
function unspecified(refusal: string): Explanation | undefined {
  const place = refusal.indexOf('must specify ');
  if (place === -1) return undefined;
  const wanted = [...refusal.slice(place).matchAll(/\b(limit|request)s\.([a-z-]+)\b/gu)];
  const options = wanted.flatMap(([, what = '', resource = '']) => OPTIONS[resource]?.[what] ?? []);
  const others = [...refusal.matchAll(/ for: ([^;]+)/gu)]
    .flatMap(([, names = '']) => names.split(',').map((one) => one.trim()))
    .filter((name) => name !== CONTAINER);
  const [other] = others;
  const own =
    options.length === 0 ? 'Give defaults with a LimitRange' : say`Give ${listed([...new Set(options)].map(setting))}`;
  return {
    what: `no pod may be created: ${withoutPrefix(refusal)}`,
    fix:
      other === undefined
        ? say`${own}, or ask who runs the ResourceQuota.`
        : say`Container ${other} is not Keyferry's. ${keepOut(other)}`,
    mayPass: false,
  };
}

/** LimitRange: `minimum cpu usage per Container is 100m, but request is 50m`, `maximum … is 1.  No limit is specified`. */
const RANGE =
  /\b(?<bound>minimum|maximum) (?<resource>\S+) usage per (?<of>\w+) is (?<wanted>[^\s,]+?)(?:, but|\.\s+No) (?<what>request|limit) is/gu;

function outOfRange(refusal: string): Explanation | undefined {
  const found = [...refusal.matchAll(RANGE)].map(({ groups = {} }) => groups);
  if (found.length === 0) return undefined;
  const given = found.map(({ bound = '', resource = '', wanted = '', what = '' }) => {
    const option = OPTIONS[resource]?.[what];
    if (option === undefined) return undefined;
    return say`${setting(option)} ${wanted}${bound === 'minimum' ? ' or more' : ' or less'}`;
  });
  return limitRange(
    refusal,
    given.filter((one) => one !== undefined),
  );
}

/** LimitRange: `memory max limit to request ratio per Container is 1, but provided ratio is 2.000000`. */
function ratio(refusal: string): Explanation | undefined {
  const found = [...refusal.matchAll(/\b(\S+) max limit to request ratio per \w+ is ([^\s,]+), but/gu)];
  if (found.length === 0) return undefined;
  const given = found.flatMap(([, resource = '', most = '']) => {
    const { limit, request } = OPTIONS[resource] ?? {};
    if (limit === undefined || request === undefined) return [];
    return [
      say`${setting(request)} and ${setting(limit)}${most === '1' ? ', both the same' : `, the limit at most ${most} times the request`}`,
    ];
  });
  return limitRange(refusal, given);
}

/** Sorted: the API server walks a map, so that one and the same refusal has its parts in any order. */
function limitRange(refusal: string, given: readonly Message[]): Explanation {
  const distinct = new Map(given.map((one) => [messageText(one), one]));
  const sorted = [...distinct].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const own = given.length === 0 ? '' : say`Give ${listed(sorted)}, or `;
  const ask = 'ask who runs the LimitRange.';
  return {
    what: `no pod may be created: ${withoutPrefix(refusal)}`,
    fix: own === '' ? `A${ask.slice(1)}` : say`${own}${ask}`,
    mayPass: false,
  };
}

function overQuota(refusal: string): Explanation | undefined {
  const place = refusal.indexOf('exceeded quota');
  if (place === -1) return undefined;
  const what = `no pod may be created: ${refusal.slice(place)}`;
  const tooMuch = beyondAny(refusal.slice(place));
  if (tooMuch.length === 0) {
    return { what, fix: 'Raise the ResourceQuota, or free some of it.', mayPass: true, withinMs: SOON_MS };
  }
  const options = tooMuch.flatMap((name) => optionOf(name) ?? []);
  const less = options.length === 0 ? '' : say`, or ask for less with ${listed(options.map(setting))}`;
  return { what, fix: say`Raise the ResourceQuota${less}: one pod alone is over it.`, mayPass: false };
}

/** `requested: limits.memory=256Mi, used: …, limited: limits.memory=100Mi`: what one pod alone has too much of. */
function beyondAny(text: string): readonly string[] {
  const requested = amounts(text, 'requested');
  const limited = amounts(text, 'limited');
  return [...requested].flatMap(([name, amount]) => {
    const most = limited.get(name);
    return most !== undefined && amount > most ? [name] : [];
  });
}

function amounts(text: string, what: 'requested' | 'limited'): ReadonlyMap<string, number> {
  const [, list = ''] = new RegExp(`${what}: ((?:[^\\s,=]+=[^\\s,=]+,?)+)`, 'u').exec(text) ?? [];
  const pairs = list.split(',').map((pair) => pair.split('='));
  return new Map(
    pairs.flatMap(([name = '', amount = '']) => {
      const value = readQuantity(amount);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** `limits.cpu`, `memory` (which is requests.memory). */
function optionOf(name: string): SettingName | undefined {
  const [what, resource] = name.includes('.') ? name.split('.') : ['requests', name];
  return OPTIONS[resource ?? '']?.[(what ?? '').replace(/s$/u, '')];
}

function noServiceAccount(refusal: string): Explanation | undefined {
  const [, name] = /error looking up service account (\S+?):/u.exec(refusal) ?? [];
  if (name === undefined) return undefined;
  return {
    what: `no pod may be created: ServiceAccount ${name} is not there`,
    fix: 'It was deleted: deploy again.',
    mayPass: true,
    withinMs: SOON_MS,
  };
}

function terminating(refusal: string): Explanation | undefined {
  if (!refusal.includes('because it is being terminated')) return undefined;
  return {
    what: `no pod may be created: ${withoutPrefix(refusal)}`,
    fix: 'Wait until the namespace is gone, create it anew, and deploy again.',
    mayPass: false,
  };
}

function invalid(refusal: string): Explanation | undefined {
  const [, why] = /\bpods? "[^"]*" is invalid: (.*)$/isu.exec(refusal) ?? [];
  if (why === undefined) return undefined;
  return {
    what: `no pod may be created, for it is invalid: ${why}`,
    fix: 'Mend the option for the pods that it names; what was not given is what a webhook or a LimitRange put there.',
    mayPass: false,
  };
}

function listed(items: readonly (Message | SettingPart)[]): Message {
  const last = joined(items.slice(-1), '');
  return items.length < 2 ? last : say`${joined(items.slice(0, -1), ', ')} and ${last}`;
}
