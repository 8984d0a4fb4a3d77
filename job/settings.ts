/**
 * Settings of the job: variables of the pod, and files of a folder, as a mounted ConfigMap is one.
 *
 * KEYFERRY_CONFIG_DIR names the folder; each of its files is a setting by its name (`max-deletes`), its text the
 * value. A variable wins over a file. Unless told otherwise, the job looks only at what is due.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readAtMost } from '../src/adapters/files/bounded-bytes.ts';
import { inWordsOf } from '../src/core/model/message.ts';
import { nearest } from '../src/core/model/nearest.ts';
import type { Problem } from '../src/core/model/problem.ts';
import { parseSettings, type GivenSettings, type ParsedSettings } from '../src/core/settings/parse.ts';
import { variableOf } from '../src/core/settings/setting.ts';
import { settingsOf } from '../src/core/settings/table.ts';
import { debugVariableProblems } from '../src/wiring/debug-variables.ts';
import type { Environment } from '../src/wiring/environment.ts';

/** The job logs JSON, and reports in its log, its exit code and its termination message. */
const NOT_OF_THE_JOB = ['output', 'color', 'log-format', 'detailed-exitcode'];

/** What a ConfigMap may hold at most. */
const LARGEST_VALUE_BYTES = 1024 * 1024;

/** Where these are not set. */
export const JOB_DEFAULTS: GivenSettings = { KEYFERRY_DUE: 'true' };

/** The settings that the job takes, in the order of the table. */
export const JOB_SETTINGS = settingsOf('job').filter(({ name }) => !NOT_OF_THE_JOB.includes(name));

/** Whom the pod trusts: that is said by who may change its spec, and not by who may change a ConfigMap. */
const OF_THE_POD_SPEC: readonly string[] = [
  'login-hosts',
  'registry-hosts',
  'token-audiences',
  'token-audience',
  'target-kinds',
  'intents',
];

export const FILE_SETTINGS = JOB_SETTINGS.filter(({ name }) => !OF_THE_POD_SPEC.includes(name));

/** Messages of a run in words of the job: `--force` is KEYFERRY_FORCE here. */
export const inWordsOfTheJob = inWordsOf(({ setting }) => variableOf({ name: setting }));

export async function readJobSettings(environment: Environment): Promise<ParsedSettings> {
  const folder = environment['KEYFERRY_CONFIG_DIR'] ?? '';
  const { values, problems } = folder === '' ? NO_FILES : await readFolder(folder);
  const parsed = parseSettings('job', {}, { ...JOB_DEFAULTS, ...values, ...filled(environment) });
  const all = [...debugVariableProblems(environment), ...problems];
  if (all.length === 0) return parsed;
  return { settings: undefined, problems: [...all, ...parsed.problems] };
}

interface Files {
  /** By the name of the variable that would say the same. */
  readonly values: GivenSettings;
  readonly problems: readonly Problem[];
}

const NO_FILES: Files = { values: {}, problems: [] };

/** Hidden names are passed over: Kubernetes keeps the versions of a mounted ConfigMap in them. */
async function readFolder(folder: string): Promise<Files> {
  try {
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
    const known = names.filter((name) => FILE_SETTINGS.some((setting) => setting.name === name));
    const texts = known.map(async (name) => [variableOf({ name }), await readValue(join(folder, name))] as const);
    const unknown = names.filter((name) => !known.includes(name));
    return { values: Object.fromEntries(await Promise.all(texts)), problems: unknown.map(unknownFile(folder)) };
  } catch (error) {
    return { values: {}, problems: [unreadable(folder, error)] };
  }
}

async function readValue(path: string): Promise<string> {
  const read = await readAtMost(path, LARGEST_VALUE_BYTES);
  if (read instanceof Uint8Array) return Buffer.from(read).toString('utf8').trim();
  throw Object.assign(new Error('no value of a setting'), { code: read.reason === 'no-file' ? 'EINVAL' : 'EFBIG' });
}

function unknownFile(folder: string): (name: string) => Problem {
  return (name) => {
    if (OF_THE_POD_SPEC.includes(name)) return ofThePodSpec(join(folder, name), name);
    const hint = nearest(
      name,
      FILE_SETTINGS.map((setting) => setting.name),
    );
    return {
      severity: 'error',
      code: 'unknown-setting',
      what: `file ${join(folder, name)} is no setting of the job`,
      fix: hint === undefined ? 'Take it away: every file of that folder is a setting.' : `Did you mean ${hint}?`,
    };
  };
}

function ofThePodSpec(file: string, name: string): Problem {
  return {
    severity: 'error',
    code: 'setting',
    what: `file ${file} would say whom this pod trusts, which its pod spec alone may say`,
    fix: `Set the variable ${variableOf({ name })} of the container instead.`,
  };
}

function unreadable(folder: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  return {
    severity: 'error',
    code: 'setting',
    what: `KEYFERRY_CONFIG_DIR ${folder} cannot be read (${code})`,
    fix: 'Mount the ConfigMap there, or leave the variable out.',
  };
}

/** An empty variable counts as absent, so that it hides no file. */
function filled(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}
