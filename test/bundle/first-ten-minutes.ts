/**
 * The first ten minutes of somebody new: the commands of README and quickstart, and what people type, write or leave out
 * on the way. Each step is one command line; `test/golden/first-ten-minutes.txt` holds what it shows.
 */
import { blocksOf, pages } from '../docs/pages.ts';
import { commandLines, words } from '../docs/command-lines.ts';

export interface Step {
  readonly title: string;
  /** What the shell would hand over behind `keyferry`. */
  readonly args: readonly string[];
  /** Files that are written before, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What a vault answers in the place of a secret. */
  readonly vault?: 'denied' | 'busy';
  /** What this machine can log in with; nothing where it is left out. */
  readonly login?: 'github' | 'az' | 'none';
}

const README = pages().find(({ file }) => file === 'README.md')!;
const QUICKSTART = pages().find(({ file }) => file === 'docs/quickstart.md')!;

/** The `keyferry` lines of a page, in its order, completions left out: they have a test of their own. */
function commandsOf(page: typeof README): readonly (readonly string[])[] {
  const lines = blocksOf(page).flatMap(({ language, text }) => (language === 'bash' ? commandLines(text) : []));
  return lines.filter((line) => line.startsWith('keyferry')).map((line) => words(line).slice(1));
}

/** The manifest that a page saves under this name. */
function manifestOf(page: typeof README, name: string): string {
  const after = page.text.slice(page.text.search(new RegExp(`(?:Write|Save as) \`${name}\``, 'u')));
  const [block] = blocksOf({ ...page, text: after }).filter(({ language }) => language === 'yaml');
  return block?.text ?? '';
}

const SECRETS = manifestOf(README, 'secrets.yaml');
const PRACTICE = manifestOf(QUICKSTART, 'practice.yaml');

/** `secrets.yaml` with something wrong in it. */
function wrong(change: (text: string) => string): Readonly<Record<string, string>> {
  return { 'secrets.yaml': change(SECRETS) };
}

const typed = (title: string, line: string, more: Partial<Step> = {}): Step => ({ title, args: words(line), ...more });
const written = (title: string, change: (text: string) => string): Step =>
  typed(title, 'validate -f secrets.yaml', { files: wrong(change) });
/** With the manifest as the README has it, and a login that works. */
const tried = (title: string, line: string, more: Partial<Step> = {}): Step =>
  typed(title, line, { files: { 'secrets.yaml': SECRETS }, login: 'github', ...more });

const KUBECONFIG = (server: string) => `apiVersion: v1
kind: Config
current-context: laptop
contexts: [{name: laptop, context: {cluster: laptop, user: me, namespace: shop}}]
clusters: [{name: laptop, cluster: {server: '${server}'}}]
users: [{name: me, user: {token: not-a-real-token}}]
`;

const MANY = [...Array(33).keys()].map(
  (index) => `---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: es-${index + 1}, namespace: shop}
spec: {secretStoreRef: {name: vault}, data: [{secretKey: p, remoteRef: {key: database-password}}]}
`,
);

/** As blogs have it: ServiceAccount, SecretStore and ExternalSecret in one file, in a version before. */
const BLOG = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: workload-identity-sa
  namespace: shop
  annotations:
    azure.workload.identity/client-id: aaaaaaaa-0000-0000-0000-000000000001
---
apiVersion: external-secrets.io/v1beta1
kind: SecretStore
metadata: {name: azure-secret-store, namespace: shop}
spec:
  provider:
    azurekv:
      authType: WorkloadIdentity
      tenantId: 11111111-1111-1111-1111-111111111111
      vaultUrl: https://kv-shop.vault.azure.net
      serviceAccountRef: {name: workload-identity-sa}
---
apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata: {name: by-pattern, namespace: shop}
spec:
  secretStoreRef: {name: azure-secret-store}
  dataFrom: [{find: {name: {regexp: ^database-}}}]
`;

/** The commands of the pages, each in the folder that the one before left. */
export const PAGES: readonly Step[] = [
  ...commandsOf(README).map((args): Step => ({
    title: `README: ${args.join(' ')}`,
    args,
    files: { 'secrets.yaml': SECRETS },
    ...(args.includes('azure-cli') ? { login: 'az' } : {}),
  })),
  ...commandsOf(QUICKSTART)
    .filter((args) => args.includes('practice.yaml') || args.includes('--version'))
    .map((args): Step => ({ title: `quickstart: ${args.join(' ')}`, args, files: { 'practice.yaml': PRACTICE } })),
];

/** What goes wrong, each in a folder of its own. */
export const MISTAKES: readonly Step[] = [
  typed('a command of kubectl: apply', 'apply -f secrets.yaml'),
  typed('a command of terraform: diff', 'diff -f secrets.yaml'),
  typed('a command of helm: install', 'install'),
  typed('a misspelt command', 'plna -f secrets.yaml'),
  typed('a path without -f', 'plan secrets.yaml'),
  typed('kubectl -k', 'plan -k overlays/prod'),
  typed('help of a command that is misspelt', 'help plna'),
  typed('completion without a shell', 'completion'),
  typed('no manifests', 'plan'),
  typed('an option without its value', 'plan -f'),
  typed('a misspelt option', 'plan -f secrets.yaml --directroy ./preview'),
  typed('a misspelt value of an option', 'plan -f secrets.yaml --identity azure-cly'),
  typed('the identity of a machine, which is set in the store', 'plan -f secrets.yaml --identity managed-identity'),
  typed('a number in words', 'sync -f secrets.yaml --max-deletes ten'),
  typed('a client id that is none', 'plan -f secrets.yaml --directory ./preview --azure-client-id id-keyferry'),
  typed('a folder for a deployment', 'deploy -f secrets.yaml --directory ./preview'),
  typed('two clusters', 'plan -f secrets.yaml --directory ./preview --kubeconfig config'),
  typed('to prune with only some', 'sync -f secrets.yaml --directory ./preview --prune --only shop/orders-db'),
  typed('a vault without manifests, half of it', 'plan --vault-url https://kv-shop.vault.azure.net --directory ./p'),
  typed('template without values', 'template -f secrets.yaml'),

  tried('no cluster', 'plan -f secrets.yaml'),
  tried('a context without a kubeconfig', 'plan -f secrets.yaml --context prod'),
  tried('no cluster for a deployment', 'deploy -f secrets.yaml'),
  tried('no cluster for status', 'status'),
  tried('a kubeconfig that is not there', 'plan -f secrets.yaml --kubeconfig kube/config'),
  tried('a context that the kubeconfig does not have', 'plan -f secrets.yaml --kubeconfig config --context prod', {
    files: { 'secrets.yaml': SECRETS, config: KUBECONFIG('https://127.0.0.1:6443') },
  }),
  tried('a cluster where nobody listens', 'status --kubeconfig config', {
    files: { config: KUBECONFIG('https://127.0.0.1:1') },
  }),

  tried('a file that is not there', 'validate -f secret.yaml'),
  tried('a file that is not there, after a sync of another', 'plan -f secret.yaml --directory ./preview'),
  tried('an address', 'validate -f https://example.com/secrets.yaml'),
  tried('an address with a query', 'validate -f https://example.com/secrets.yaml?raw=true'),
  tried('a glob that matches nothing', 'validate -f manifests/*.yaml'),
  tried('an equals sign after a short option', 'validate -f=secrets.yaml'),
  tried('a variable with a misspelt name', 'validate', { environment: { KEYFERRY_FILENAM: 'secrets.yaml' } }),
  tried('--only without a namespace', 'plan -f secrets.yaml --directory ./preview --only orders-db'),
  tried('--only with a misspelt name', 'plan -f secrets.yaml --directory ./preview --only shop/order-db'),
  tried('a file for the folder', 'sync -f secrets.yaml --directory secrets.yaml'),
  tried('a folder where none can be made', 'sync -f secrets.yaml --directory /dev/null/preview'),

  written('no colon', (text) => text.replace('metadata:', 'metadata')),
  written('a tab', (text) => text.replace('  name: vault', '\tname: vault')),
  written('an indentation that fits nowhere', (text) => text.replace('    authType', '   authType')),
  written('a template of Helm', (text) => text.replace('name: vault', 'name: {{ .Values.store }}')),
  written('a misspelt field', (text) => text.replace('secretKey', 'secretkey')),
  written('a misspelt field of the store', (text) => text.replace('vaultUrl', 'vaultURL')),
  written('a misspelt list', (text) => text.replace('  data:', '  datas:')),
  written('a misspelt value', (text) => text.replace('WorkloadIdentity', 'WorkloadIdentiy')),
  written('a kind in the plural', (text) => text.replace('kind: ExternalSecret', 'kind: ExternalSecrets')),
  written('a kind in small letters', (text) => text.replace('kind: SecretStore', 'kind: secretstore')),
  written('no apiVersion', (text) => text.replace(/^apiVersion.*\n(?=kind: ExternalSecret$)/mu, '')),
  written('no namespace in one of the two', (text) => text.replace(/\n {2}namespace: shop/u, '')),
  written('no authType, as the first example of the operator has it', (text) => text.replace(/ +authType.*\n/u, '')),
  written('a misspelt store', (text) => text.replace(/(?<=secretStoreRef:\n {4})name: vault/u, 'name: vualt')),
  written('a name with a space', (text) => text.replace('key: database-password', 'key: database password')),
  written('a type that is nearly one', (text) => text.replace('key: database-password', 'key: certs/shop')),
  written('a vault that is no vault of Azure', (text) => text.replace('vault.azure.net', 'example.com')),
  written('a vault of another cloud', (text) => text.replace('vault.azure.net', 'vault.azure.cn')),
  written('the address of the portal', (text) =>
    text.replace('https://kv-shop.vault.azure.net', 'https://portal.azure.com/#@contoso/kv-shop'),
  ),
  written('a placeholder in angle brackets', (text) => text.replace('name: orders-db', 'name: <NAME>')),
  written('a tenant that is none', (text) => text.replace('vaultUrl', 'tenantId: your-tenant-id\n      vaultUrl')),
  written('a number for a text', (text) => text.replace('secretKey: password', 'secretKey: 1234')),
  written('one document twice', (text) => `${text}---\n${text.split('---\n')[0]}`),
  written('a misspelt function in a template', (text) =>
    text.replace('  data:', "  target: {template: {data: {x: '{{ .password | uper }}'}}}\n  data:"),
  ),
  written(
    'no document of the External Secrets kinds',
    () => 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\n',
  ),
  written('nothing', () => ''),

  tried('no login at all', 'plan -f secrets.yaml --directory ./preview', { login: 'none' }),
  tried('no az', 'plan -f secrets.yaml --directory ./preview --identity azure-cli', { login: 'none' }),
  tried('no login, and many that need it', 'plan -f secrets.yaml --directory ./preview', {
    login: 'none',
    files: wrong((text) => text + MANY.join('')),
  }),
  tried('a misspelt name beside good ones', 'sync -f secrets.yaml --directory ./preview', {
    files: wrong(
      (text) => `${text}${MANY.slice(0, 2).join('').replace('key: database-password', 'key: database-pasword')}`,
    ),
  }),
  tried('a pattern that matches nothing', 'sync -f secrets.yaml --directory ./preview', {
    files: wrong((text) => text.replace(/ {2}data:[\s\S]*/u, '  dataFrom: [{find: {name: {regexp: ^databse}}}]\n')),
  }),
  tried('no role on the vault', 'plan -f secrets.yaml --directory ./preview', { vault: 'denied' }),
  tried('a vault that is busy for a moment', 'sync -f secrets.yaml --directory ./preview', { vault: 'busy' }),
  tried('a vault that does not exist', 'plan -f secrets.yaml --directory ./preview', {
    files: wrong((text) => text.replace('kv-shop', 'kv-shp')),
  }),
  tried('the ServiceAccount beside the store, as blogs have it', 'plan -f blog.yaml --directory ./preview', {
    files: { 'blog.yaml': BLOG },
  }),
  tried(
    'a pull without manifests',
    'plan --vault-url https://kv-shop.vault.azure.net --all --target all -n shop --directory ./p',
  ),
];
