/** The functions that templates can call: those of sprig as ESO 2.9 has them, and ESO's own. */
import type { FunctionTable, TemplateFunction } from '../function-table.ts';
import { certificateFunctions } from './certificates.ts';
import { countingFunctions } from './counting.ts';
import { dateFunctions } from './dates.ts';
import { defaultFunctions } from './defaults.ts';
import { dictFunctions } from './dicts.ts';
import { encodingFunctions } from './encoding.ts';
import { jsonFunctions } from './json.ts';
import { keyFunctions } from './keys.ts';
import { listFunctions } from './lists.ts';
import { numberFunctions } from './numbers.ts';
import { passwordFunctions } from './passwords.ts';
import { pathFunctions } from './paths.ts';
import { pemFunctions } from './pem.ts';
import { pkcs12Functions } from './pkcs12.ts';
import { randomFunctions } from './random.ts';
import { regexFunctions } from './regex.ts';
import { stringCaseFunctions } from './string-cases.ts';
import { stringListFunctions } from './string-lists.ts';
import { stringFunctions } from './strings.ts';
import { urlFunctions } from './urls.ts';
import { versionFunctions } from './versions.ts';
import { WEIGHTS } from './weights.ts';
import { yamlFunctions } from './yaml.ts';

const ALL: readonly TemplateFunction[] = [
  ...stringFunctions,
  ...stringCaseFunctions,
  ...stringListFunctions,
  ...numberFunctions,
  ...countingFunctions,
  ...listFunctions,
  ...dictFunctions,
  ...defaultFunctions,
  ...jsonFunctions,
  ...yamlFunctions,
  ...encodingFunctions,
  ...dateFunctions,
  ...pathFunctions,
  ...urlFunctions,
  ...versionFunctions,
  ...regexFunctions,
  ...pemFunctions,
  ...pkcs12Functions,
  ...keyFunctions,
  ...certificateFunctions,
  ...passwordFunctions,
  ...randomFunctions,
];

/** By name. */
export const FUNCTIONS: FunctionTable = new Map(
  ALL.map((entry) => [entry.name, { ...entry, weight: WEIGHTS.get(entry.name) ?? 1 }]),
);
