/** Rules between the options for the pods, and what is taken with a warning. */
import { say, setting } from '../model/message.ts';
import { readQuantity } from '../deploy/quantity.ts';
import type { Problem } from '../model/problem.ts';
import { pairOf } from './pod-forms.ts';
import { settingProblem } from './setting-problem.ts';
import type { Value } from './setting.ts';
import type { SettingName } from '../model/setting-names.ts';

type Values = Readonly<Record<string, Value>>;

/** Of values that each have their form already. */
export function podProblems(values: Values): readonly Problem[] {
  return [
    ...overLimit(values, { limit: ['memory', 'memory'], request: ['memory-request', 'memoryRequest'] }),
    ...overLimit(values, { limit: ['cpu-limit', 'cpuLimit'], request: ['cpu-request', 'cpuRequest'] }),
    ...twice('pod-env', values['podEnv']),
    ...twice('pod-label', values['podLabel']),
    ...twice('pod-annotation', values['podAnnotation']),
    ...twice('node-selector', values['nodeSelector']),
    ...caTwice(values),
  ];
}

/** The name of the option, and its property. */
type Named = readonly [SettingName, string];

function overLimit(values: Values, of: { readonly limit: Named; readonly request: Named }): readonly Problem[] {
  const [limit, request] = [values[of.limit[1]], values[of.request[1]]];
  if (typeof limit !== 'string' || typeof request !== 'string') return [];
  if ((readQuantity(request) ?? 0) <= (readQuantity(limit) ?? 0)) return [];
  return [
    settingProblem(
      of.request[0],
      say`"${request}" is more than ${setting(of.limit[0])} "${limit}"`,
      'Raise the limit, or ask for no more than it.',
    ),
  ];
}

function twice(name: SettingName, given: Value): readonly Problem[] {
  const keys = entriesOf(given).flatMap((text) => pairOf(text)?.key ?? []);
  const again = new Set(keys.filter((key, place) => keys.indexOf(key) < place));
  return [...again].map((key) => settingProblem(name, `has "${key}" twice`, 'Leave one of the two out.'));
}

function caTwice({ podEnv, caConfigMap }: Values): readonly Problem[] {
  const isGiven = entriesOf(podEnv).some((text) => pairOf(text)?.key === 'NODE_EXTRA_CA_CERTS');
  if (!isGiven || caConfigMap === undefined) return [];
  return [
    settingProblem(
      'pod-env',
      say`has "NODE_EXTRA_CA_CERTS", which ${setting('ca-config-map')} sets`,
      'Leave one of the two out.',
    ),
  ];
}

function entriesOf(given: Value): readonly string[] {
  return Array.isArray(given) ? (given as readonly string[]) : [];
}

const SECRET_NAME =
  /PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?$|CONNECTION_?STRING/iu;
/** They say where one is, or whose. */
const NO_SECRET_NAME = /_(?:FILE|PATH|DIR|URL|URI|NAME|ID|ENDPOINT|AUDIENCE|TYPE|EXPIRY|ENABLED)$/iu;
const SECRET_VALUE =
  /:\/\/[^/\s:@]*:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:AccountKey|SharedAccessKey|Password|Pwd)=|^eyJ[\w-]+\.[\w-]+\.|^gh[oprsu]_|^[\w-]*[?&]sig=/u;

/** Never a value: they are the reason. */
export function podWarnings(podEnv: readonly string[]): readonly Problem[] {
  const pairs = podEnv.flatMap((text) => pairOf(text) ?? []);
  return [...pairs.filter(isSecret).map(holdsSecret), ...pairs.flatMap(holdsAnother)];
}

function isSecret({ key, value }: { readonly key: string; readonly value: string }): boolean {
  const byName = SECRET_NAME.test(key) && !NO_SECRET_NAME.test(key) && !/^(?:|true|false|\d+|\/.*)$/u.test(value);
  return byName || SECRET_VALUE.test(value);
}

function holdsSecret({ key }: { readonly key: string }): Problem {
  return {
    severity: 'warning',
    code: 'secret-in-pod-env',
    what: say`${setting('pod-env')} ${key} holds what looks like a password, and whoever may read the CronJob or its pods can read it`,
    fix: 'Take it out: use a proxy that asks for none, or a variable that names a file.',
  };
}

/** Lists may hold commas, so that only line ends part entries. */
function holdsAnother({ key, value }: { readonly key: string; readonly value: string }): readonly Problem[] {
  const [, other] = /,\s*([A-Z][A-Z0-9]*_[A-Z0-9_]*|[A-Z]{3,})=/u.exec(value) ?? [];
  if (other === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'comma-in-pod-env',
      what: say`${setting('pod-env')} ${key} holds ",${other}=", which stays part of its value`,
      fix: `If ${other} is a variable of its own, give it on a line of its own.`,
    },
  ];
}
