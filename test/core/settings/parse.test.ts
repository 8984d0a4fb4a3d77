import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../../src/core/model/problem.ts';
import { parseSettings } from '../../../src/core/settings/parse.ts';

const texts = (...args: Parameters<typeof parseSettings>) => parseSettings(...args).problems.map(problemText);

describe('parseSettings', () => {
  it('fills in the defaults of the table, those of other commands too', () => {
    expect(parseSettings('sync', { filename: ['a.yaml'] }, {}).settings).toEqual({
      filename: ['a.yaml'],
      namespace: undefined,
      only: [],
      planLevel: 'full',
      base: [],
      kubeconfig: undefined,
      context: undefined,
      inCluster: false,
      home: 'files',
      installation: 'keyferry',
      installationNamespace: undefined,
      values: undefined,
      valuesEverywhere: false,
      window: 0,
      deployed: false,
      directory: undefined,
      showValues: false,
      due: false,
      upgrade: false,
      forOperator: undefined,
      prune: false,
      vaultUrl: undefined,
      find: undefined,
      all: false,
      target: undefined,
      refreshInterval: '1h',
      maxDeletes: 20,
      maxDeleteShare: 30,
      maxUpdates: 20,
      maxUpdateShare: 50,
      force: false,
      takeOver: false,
      resolve: [],
      detailedExitcode: false,
      controllerClass: 'keyferry',
      azureEnvironment: 'PublicCloud',
      planFingerprint: undefined,
      requirePlanFingerprint: false,
      dryRun: false,
      identity: 'auto',
      azureClientId: undefined,
      azureTenantId: undefined,
      storeIdentities: {},
      tokenAudience: 'api://AzureADTokenExchange',
      tokenAudiences: [],
      loginHosts: [],
      registryHosts: [],
      targetKinds: [],
      intents: [],
      keyVaultApiVersion: '7.4',
      output: 'text',
      color: 'auto',
      logFormat: 'text',
      logLevel: 'info',
      clusterRights: false,
      engine: 'cronjob',
      image: 'node:24-slim',
      imagePullSecret: [],
      podEnv: [],
      podLabel: [],
      podAnnotation: [],
      toleration: [],
      nodeSelector: [],
      startDelay: 0,
      allowDowngrade: false,
      waitTimeout: 300,
      refresh: false,
      secrets: 'keep',
      vaultObjects: 'keep',
    });
  });

  it('takes variables, lists of them separated by commas or lines, and lets flags win', () => {
    const variables = {
      KEYFERRY_FILENAME: 'a.yaml, b.yaml\nc.yaml',
      KEYFERRY_MAX_DELETES: '3',
      KEYFERRY_DUE: 'true',
      KEYFERRY_NAMESPACE: '',
      KEYFERRY_STORE_IDENTITIES:
        'shop/kv=aaaaaaaa-0000-0000-0000-000000000001,shared=aaaaaaaa-0000-0000-0000-000000000002',
    };
    const { settings } = parseSettings('plan', { 'max-deletes': '5' }, variables);
    expect(settings).toMatchObject({
      filename: ['a.yaml', 'b.yaml', 'c.yaml'],
      maxDeletes: 5,
      due: true,
      namespace: undefined,
      storeIdentities: {
        'shop/kv': 'aaaaaaaa-0000-0000-0000-000000000001',
        shared: 'aaaaaaaa-0000-0000-0000-000000000002',
      },
    });
  });

  it('gives every problem at once', () => {
    const flags = {
      'max-deletes': '-1',
      'max-delete-share': '120%',
      output: 'yml',
      due: 'perhaps',
      'store-identities': ['x'],
    };
    expect(texts('plan', flags, {})).toEqual([
      '--due is neither true nor false. Use true or false.',
      '--max-deletes "-1" is not a whole number. Use 0 or more.',
      '--max-delete-share "120%" is over 100. Use 0 to 100.',
      '--output is "yml", which is not one of text, json, markdown. Use one of these.',
      '--store-identities "x" is not STORE=ID. Write NAMESPACE/NAME=CLIENT-ID.',
      '--filename is missing. Give it at least once, or --vault-url with --find or --all.',
    ]);
  });

  it('refuses an empty value, which an unset shell variable gives, and --prune where --only hides the rest', () => {
    expect(texts('plan', { filename: ['a'], directory: '' }, {})).toEqual([
      '--directory is empty. Give a value, or leave the option out.',
    ]);
    expect(texts('sync', { filename: ['a'], prune: true, only: ['shop/a'] }, {})).toEqual([
      '--prune cannot go with --only. Prune in a run that looks at everything.',
    ]);
  });

  it('refuses an offline plan of what only a cluster holds', () => {
    expect(texts('plan', { 'plan-level': 'offline', home: 'custom-resources' }, {})).toEqual([
      '--plan-level offline cannot go with --home custom-resources. Give the manifests with --filename: offline there is no cluster to read them from.',
    ]);
  });

  it('refuses what a command does not take, and asks whether something near was meant', () => {
    expect(texts('validate', { filename: ['a'], directory: 'x' }, {})).toEqual([
      '--directory is not an option of validate. It is an option of plan, sync.',
    ]);
    expect(texts('plan', { filename: ['a'], pruned: true }, {})).toEqual([
      '--pruned is not an option of plan. Did you mean --prune?',
    ]);
  });

  it('hands plain inputs to plan and sync as to deploy, and asks for what is missing of them', () => {
    const plain = { 'vault-url': 'https://kv.vault.azure.net', namespace: 'shop', target: 'app', all: true };
    for (const command of ['plan', 'sync', 'deploy', 'render'] as const) {
      expect(texts(command, plain, {})).toEqual([]);
    }
    expect(texts('sync', { ...plain, all: false }, {})).toEqual([
      '--find is missing. Give either --find PATTERN or --all.',
    ]);
  });
});

describe('the engine of a deployment', () => {
  const deploy = (flags: Readonly<Record<string, string | readonly string[] | boolean>>) =>
    texts('deploy', { filename: ['a.yaml'], ...flags }, {});

  it.each(['cronjob', 'runner'])('may be %s', (engine) => {
    expect(deploy({ engine })).toEqual([]);
  });

  it('may not be a live operator yet', () => {
    expect(deploy({ engine: 'eso' })).toEqual([
      '--engine eso is not built yet. Take --engine cronjob, or --engine runner, which installs nothing.',
    ]);
  });

  const NO_OBJECTS = 'cannot go with --engine runner, which makes nothing in the cluster but Secrets.';

  it('makes no pods where it is the runner, so settings of pods are refused', () => {
    expect(deploy({ engine: 'runner', 'pod-env': ['A=b'], memory: '1Gi', 'engine-image': 'x' })).toEqual([
      `--engine-image ${NO_OBJECTS} Leave it out, or take --engine cronjob.`,
      `--pod-env ${NO_OBJECTS} Leave it out, or take --engine cronjob.`,
      `--memory ${NO_OBJECTS} Leave it out, or take --engine cronjob.`,
    ]);
  });

  it('gives nobody rights where it is the runner', () => {
    expect(deploy({ engine: 'runner', 'cluster-rights': true })).toEqual([
      `--cluster-rights ${NO_OBJECTS} Leave it out: this run has the rights of whoever logs in to the cluster. Or take --engine cronjob.`,
    ]);
  });

  it('is the runner also where an entry fills in every default', () => {
    const filledIn = { image: 'node:24-slim', 'cluster-rights': 'false', 'max-deletes': '20' };
    expect(deploy({ engine: 'runner', ...filledIn })).toEqual([]);
  });

  it('prunes where it is the runner and that is asked for', () => {
    expect(deploy({ engine: 'runner', prune: true })).toEqual([]);
  });
});

describe('a dry run of deploy', () => {
  const dryRun = (flags: Readonly<Record<string, string | boolean>> = {}) =>
    texts('deploy', { filename: ['a.yaml'], 'dry-run': true, ...flags }, {});

  it('looks at values, or at metadata alone', () => {
    expect(dryRun()).toEqual([]);
    expect(dryRun({ 'plan-level': 'metadata' })).toEqual([]);
  });

  it('is no comparison of manifests', () => {
    expect(dryRun({ 'plan-level': 'offline' })).toEqual([
      '--dry-run cannot go with --plan-level offline. Take keyferry plan for that; it asks no cluster.',
    ]);
  });
});

describe('the fingerprint of an approved plan', () => {
  const apply = (flags: Readonly<Record<string, string | boolean>>, variables: Readonly<Record<string, string>> = {}) =>
    texts('sync', { filename: ['a.yaml'], ...flags }, variables);
  const FIX =
    'Nothing was written. Give that of the plan that was approved. In a workflow it is the output fingerprint of the step that planned; a job hands it on as an output of its own: outputs: fingerprint: ${{ steps.plan.outputs.fingerprint }} there, ${{ needs.plan.outputs.fingerprint }} here.';

  it('may be left out where nobody requires one', () => {
    expect(apply({})).toEqual([]);
    expect(apply({ 'require-plan-fingerprint': 'false' })).toEqual([]);
  });

  it('may not be empty, which is one that got lost, not in a variable either', () => {
    expect(apply({ 'plan-fingerprint': '' })).toEqual([`--plan-fingerprint is empty. ${FIX}`]);
    expect(apply({}, { KEYFERRY_PLAN_FINGERPRINT: '' })).toEqual([`--plan-fingerprint is empty. ${FIX}`]);
  });

  it('must be there where it is required', () => {
    expect(apply({ 'require-plan-fingerprint': true })).toEqual([
      `--plan-fingerprint is missing, or empty, and --require-plan-fingerprint says that there must be one. ${FIX}`,
    ]);
    expect(apply({ 'require-plan-fingerprint': true, 'plan-fingerprint': '' })).toEqual([
      `--plan-fingerprint is empty. ${FIX}`,
    ]);
    expect(apply({ 'require-plan-fingerprint': true, 'plan-fingerprint': 'full-1c0u0d-' })).toEqual([]);
  });
});
