/**
 * Client and tenant ids, as people give them: checked before anything is asked of Entra, whose answer to a wrong one
 * does not say what it was. What was given is not shown where it is not what it should be: it may be a secret.
 */
import { say } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import type { SettingName } from '../model/setting-names.ts';
import type { Finding } from './finding.ts';
import { settingProblem } from './setting-problem.ts';
import { propertyOf } from './setting.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
/** Entra: a verified domain names its tenant too. */
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/iu;
const IDENTITY =
  /^\/subscriptions\/[\w-]+\/resourcegroups\/[\w\-.()]+\/providers\/microsoft\.managedidentity\/userassignedidentities\/[\w-]+$/iu;

const CLIENT_IDS = ['azure-client-id', 'aks-client-id'] as const;

export function entraIdProblems(values: Readonly<Record<string, unknown>>): readonly Problem[] {
  const textOf = (name: string): string | undefined => values[propertyOf({ name })] as string | undefined;
  const tenant = textOf('azure-tenant-id');
  return [
    ...CLIENT_IDS.flatMap((name) => told(name, '', clientIdFinding(textOf(name)))),
    ...(tenant === undefined || DOMAIN.test(tenant) ? [] : told('azure-tenant-id', '', tenantIdFinding(tenant))),
  ];
}

/** `map` is store → client id. */
export function storeIdentityProblems(map: Readonly<Record<string, string>>): readonly Problem[] {
  return Object.entries(map).flatMap(([store, id]) =>
    told('store-identities', /^[\w./-]+$/u.test(store) ? `of ${store} ` : '', clientIdFinding(id)),
  );
}

function told(name: SettingName, where: string, finding: Finding | undefined): readonly Problem[] {
  return finding === undefined ? [] : [settingProblem(name, say`${where}${finding.what}`, finding.fix)];
}

function clientIdFinding(text: string | undefined): Finding | undefined {
  if (text === undefined || GUID.test(text)) return undefined;
  if (!IDENTITY.test(text)) return wrongForm(text, 'client id');
  return {
    what: 'is the resource id of an identity, not its client id',
    fix: `Give what this prints: az identity show --ids "${text}" --query clientId --output tsv.`,
  };
}

function tenantIdFinding(text: string): Finding | undefined {
  return GUID.test(text) ? undefined : wrongForm(text, 'tenant id');
}

function wrongForm(text: string, kind: string): Finding {
  if (/\$\{\{|\}\}/u.test(text)) {
    const fix =
      'Expressions are expanded in a workflow itself, not in a file that a step reads; look at how it is quoted.';
    return { what: 'is an expression that was not expanded (${{ … }})', fix };
  }
  if (/\$\{?\w|^%\w+%$/u.test(text)) {
    const fix = 'A variable of a shell is not one of a workflow: write ${{ vars.NAME }} there.';
    return { what: 'is the name of a variable, and not what is in it', fix };
  }
  if (/^(["']).*\1$/u.test(text)) return { what: 'has quotes around it', fix: 'Leave them out, also in the variable.' };
  const example =
    kind === 'tenant id' ? '00000000-0000-0000-0000-000000000000, or a domain' : '00000000-0000-0000-0000-000000000000';
  const query =
    kind === 'tenant id'
      ? 'az account show --query tenantId --output tsv'
      : 'az identity show --name NAME --resource-group GROUP --query clientId --output tsv';
  return {
    what: `is no ${kind}: it has ${text.length} characters, and not the form ${example}`,
    fix: `Give what this prints: ${query}.`,
  };
}
