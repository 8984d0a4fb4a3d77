/** Settings that say which cluster is meant, and who logs in. */
import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../../src/core/model/problem.ts';
import { parseAksCluster } from '../../../src/core/settings/aks-cluster.ts';
import { parseSettings } from '../../../src/core/settings/parse.ts';
import { COMMANDS } from '../../../src/core/model/command-names.ts';
import { settingsOf } from '../../../src/core/settings/table.ts';

const CLIENT = 'aaaaaaaa-0000-0000-0000-000000000001';
const SUBSCRIPTION = '33333333-3333-3333-3333-333333333333';
const ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop/providers/Microsoft.ContainerService/managedClusters/aks-shop`;
const PARTS = { subscriptionId: SUBSCRIPTION, resourceGroup: 'rg-shop', name: 'aks-shop' };
const SHAPE =
  '/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.ContainerService/managedClusters/NAME';
const command = (group: string, name: string): string =>
  `az aks show --resource-group ${group} --name ${name} --query id --output tsv has it: ${SHAPE}.`;

const texts = (flags: Readonly<Record<string, string>>): readonly string[] =>
  parseSettings('status', flags, {}).problems.map(problemText);

describe('--aks-cluster', () => {
  it.each([ID, ID.toLowerCase(), ID.replace('resourceGroups', 'resourcegroups')])('takes %s', (id) => {
    expect(parseAksCluster(id)).toEqual(PARTS);
  });

  it.each(['a', 'RG.with_all-(of)-them', 'gruppe-ü'])('takes the resource group %s', (resourceGroup) => {
    expect(parseAksCluster(ID.replace('rg-shop', resourceGroup))).toEqual({ ...PARTS, resourceGroup });
  });

  it.each([
    ['a slash too many', `${ID}/`],
    ['no slash in front', ID.slice(1)],
    ['quotes', `"${ID}"`],
    ['a part of the cluster', `${ID}/agentPools/system`],
    ['an address of Resource Manager', `https://management.azure.com${ID}?api-version=2025-10-01`],
    ['a link of the portal', `https://portal.azure.com/#@contoso.com/resource${ID}/overview`],
    ['a link with encoded slashes', `https://portal.azure.com/#view/id/${ID.replaceAll('/', '%2F')}`],
  ])('says how it is written right: %s', (_case, text) => {
    expect(parseAksCluster(text)).toEqual({
      what: `"${text}" is more, or less, than the id of a cluster`,
      fix: `Write ${ID}.`,
    });
  });

  it.each([
    ['aks-shop', '"aks-shop" is not the resource id of a cluster', command('GROUP', 'aks-shop')],
    ['rg-shop/aks-shop', '"rg-shop/aks-shop" is not the resource id of a cluster', command('rg-shop', 'aks-shop')],
    ['what is this?', '"what is this?" is not the resource id of a cluster', command('GROUP', 'NAME')],
    [
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop`,
      `"/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-shop" names no cluster`,
      `Write ${ID.replace('aks-shop', 'NAME')}.`,
    ],
    [
      ID.replace(SUBSCRIPTION, 'Production'),
      'has the subscription "Production", which is no id',
      'Put its id there: az account show --subscription "Production" --query id --output tsv prints it.',
    ],
    [ID.replace('rg-shop', '..'), 'has the resource group "..", and none can be called so', 'Correct the name.'],
    [ID.replace('aks-shop', '-shop-'), 'has the cluster "-shop-", and none can be called so', 'Correct the name.'],
    [
      ID.replace('Microsoft.ContainerService/managedClusters', 'Microsoft.Kubernetes/connectedClusters'),
      'is the id of an Arc-connected cluster, not of AKS',
      'Give --kubeconfig for such a cluster.',
    ],
    [
      ID.replace('Microsoft.ContainerService/managedClusters', 'Microsoft.KeyVault/vaults'),
      'is the id of a Microsoft.KeyVault/vaults, not of a cluster',
      `The id of a cluster has the form ${SHAPE}.`,
    ],
  ])('explains what else it is: %s', (text, what, fix) => {
    expect(parseAksCluster(text)).toEqual({ what, fix });
  });

  it('is for every command that reaches a cluster from outside, and not for the job', () => {
    const commands = COMMANDS.filter((name) => settingsOf(name).some((setting) => setting.name === 'aks-cluster'));
    expect(commands).toEqual(['plan', 'sync', 'deploy', 'status', 'suspend', 'resume', 'uninstall']);
    expect(settingsOf('job').map(({ name }) => name)).not.toContain('aks-cluster');
  });

  it.each([
    ['kubeconfig', 'Leave one of the two out.'],
    ['context', 'An AKS cluster has one context only.'],
  ])('cannot go with --%s', (name, fix) => {
    expect(texts({ 'aks-cluster': ID, [name]: 'x' })).toEqual([`--${name} cannot go with --aks-cluster. ${fix}`]);
  });

  it('cannot go with --directory', () => {
    const flags = { 'aks-cluster': ID, filename: ['a.yaml'], directory: 'x' };
    expect(parseSettings('plan', flags, {}).problems.map(problemText)).toEqual([
      '--directory cannot go with --aks-cluster. Leave one of the two out.',
    ]);
  });

  it('cannot be asked for the token that is to open it', () => {
    expect(texts({ 'aks-cluster': ID, identity: 'service-account' })).toEqual([
      '--identity service-account asks the cluster for a token, and so cannot be the login to --aks-cluster. Use auto, or the kind of token that this machine has.',
    ]);
  });

  it('is given in parts to the commands', () => {
    const { settings } = parseSettings('status', { 'aks-cluster': ID, 'aks-client-id': CLIENT }, {});
    expect(settings).toMatchObject({ aksCluster: PARTS, aksClientId: CLIENT, azureEnvironment: 'PublicCloud' });
  });

  it('is missed by --aks-client-id', () => {
    expect(texts({ 'aks-client-id': CLIENT })).toEqual(['--aks-client-id needs --aks-cluster. Give it.']);
  });
});

describe('which cluster is meant', () => {
  const problemsOf = (flags: object) =>
    parseSettings('plan', { filename: ['a.yaml'], ...flags }, {}).problems.map(problemText);
  const WAYS = { 'aks-cluster': ID, directory: 'folder', kubeconfig: 'path', 'in-cluster': 'true' };
  const pairs = Object.keys(WAYS).flatMap((first, at, all) =>
    all.slice(at + 1).map((second) => [first, second] as const),
  );

  it.each(pairs)('is said once: --%s and --%s', (first, second) => {
    const { [first]: one, [second]: other } = WAYS as Readonly<Record<string, string>>;
    expect(problemsOf({ [first]: one, [second]: other })).toEqual([
      `--${second} cannot go with --${first}. Leave one of the two out.`,
    ]);
  });

  it.each([
    ['directory', 'A folder has no contexts.'],
    ['in-cluster', 'The cluster of a pod has one context only.'],
  ])('has no contexts with --%s', (name, fix) => {
    const { [name]: one } = WAYS as Readonly<Record<string, string>>;
    expect(problemsOf({ [name]: one, context: 'shop-prd' })).toEqual([`--context cannot go with --${name}. ${fix}`]);
  });

  it.each(Object.entries(WAYS))('may be said by --%s alone', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([]);
  });
});

describe('where the token comes from', () => {
  it.each([
    ['token-variable', 'github'],
    ['token-file', 'azure-cli'],
    ['service-connection-id', 'token-file'],
  ])('--%s has no meaning with --identity %s', (name, identity) => {
    expect(texts({ [name]: 'x', identity })).toEqual([
      `--${name} cannot go with --identity ${identity}. Leave one of the two out.`,
    ]);
  });

  it('is one place only', () => {
    expect(texts({ 'token-variable': 'A', 'token-file': 'b' })).toEqual([
      '--token-file cannot go with --token-variable. One token is enough: leave one of the two out.',
    ]);
  });

  it.each([['token-variable'], ['token-file']])('may be said twice in the same sense: --%s', (name) => {
    expect(texts({ [name]: 'x', identity: name })).toEqual([]);
  });
});

describe('names that other tools have', () => {
  it.each([
    [
      'creds',
      '--creds is not an option of status. No stored credential is needed: give --azure-client-id and --azure-tenant-id of an identity that trusts this workflow (a federated credential), and delete the secret.',
    ],
    [
      'azure_client_secret',
      '--azure_client_secret is not an option of status. No stored credential is needed: give --azure-client-id and --azure-tenant-id of an identity that trusts this workflow (a federated credential), and delete the secret.',
    ],
    ['client-id', '--client-id is not an option of status. It is called --azure-client-id here.'],
    [
      'cluster-name',
      '--cluster-name is not an option of status. The resource id of the cluster says it: give --aks-cluster.',
    ],
  ])('are refused with what to do instead: --%s', (name, text) => {
    expect(texts({ [name]: 'hunter2' })).toEqual([text]);
  });

  it('never show what was given', () => {
    expect(texts({ 'azure-client-secret': 'hunter2' }).join()).not.toContain('hunter2');
  });
});
