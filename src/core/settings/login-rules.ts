/** Rules between the settings that say which cluster is meant, and who logs in. */
import type { Problem } from '../model/problem.ts';
import { parseAksCluster } from './aks-cluster.ts';
import type { ManagedClusterId } from '../model/managed-cluster.ts';

type Values = Readonly<Record<string, unknown>>;

export interface Login {
  readonly aksCluster: ManagedClusterId | undefined;
  readonly problems: readonly Problem[];
}

/** Another way to say which cluster is meant, beside --aks-cluster. */
const OTHER_CLUSTERS: Readonly<Record<string, string>> = {
  kubeconfig: 'Leave one of the two out.',
  context: 'An AKS cluster has one context only.',
  directory: 'Leave one of the two out.',
};

/** Settings that mean something with these words of --identity only. */
const OF_IDENTITY: Readonly<Record<string, string>> = {
  'token-variable': 'token-variable',
  'token-file': 'token-file',
  'service-connection-id': 'azure-pipelines',
};

export function loginOf(values: Values): Login {
  const text = values['aksCluster'];
  const problems = identityProblems(values);
  if (typeof text !== 'string') {
    const stray =
      values['aksClientId'] === undefined ? [] : [wrong('aks-client-id', 'needs --aks-cluster', 'Give it.')];
    return { aksCluster: undefined, problems: [...problems, ...stray] };
  }
  const id = parseAksCluster(text);
  const isWrong = 'what' in id;
  return {
    aksCluster: isWrong ? undefined : id,
    problems: [
      ...problems,
      ...(isWrong ? [wrong('aks-cluster', id.what, id.fix)] : []),
      ...Object.entries(OTHER_CLUSTERS)
        .filter(([name]) => values[name] !== undefined)
        .map(([name, fix]) => wrong(name, 'cannot go with --aks-cluster', fix)),
      ...(values['identity'] === 'service-account' ? [asksTheCluster()] : []),
    ],
  };
}

/** A setting that would have no effect is told, for whoever gave it believes that it has. */
function identityProblems(values: Values): readonly Problem[] {
  const { identity = 'auto' } = values as { readonly identity?: string };
  const given = Object.entries(OF_IDENTITY).filter(([name]) => values[camelCase(name)] !== undefined);
  const strangers = given.filter(([, word]) => identity !== 'auto' && identity !== word);
  const [first, second] = given;
  return [
    ...strangers.map(([name]) => wrong(name, `cannot go with --identity ${identity}`, 'Leave one of the two out.')),
    ...(identity === 'auto' && first !== undefined && second !== undefined
      ? [wrong(second[0], `cannot go with --${first[0]}`, 'One token is enough: leave one of the two out.')]
      : []),
  ];
}

function asksTheCluster(): Problem {
  return wrong(
    'identity',
    'service-account asks the cluster for a token, and so cannot be the login to --aks-cluster',
    'Use auto, or the kind of token that this machine has.',
  );
}

function wrong(name: string, what: string, fix: string): Problem {
  return { severity: 'error', code: 'setting', what: `--${name} ${what}`, fix };
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
