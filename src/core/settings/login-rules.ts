/** Rules between the settings that say which cluster is meant, and who logs in. */
import { say, setting } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import type { ManagedClusterId } from '../model/managed-cluster.ts';
import { parseAksCluster } from './aks-cluster.ts';
import { settingProblem } from './setting-problem.ts';
import { propertyOf } from './setting.ts';

type Values = Readonly<Record<string, unknown>>;

export interface LoginChoice {
  readonly aksCluster: ManagedClusterId | undefined;
  readonly problems: readonly Problem[];
}

/** Ways to say which cluster is meant: one is enough, and a second one would be passed over. */
const CLUSTERS = ['aks-cluster', 'directory', 'kubeconfig', 'in-cluster'] as const;

/** What has no contexts to choose from. */
const WITHOUT_CONTEXTS: Readonly<Record<string, string>> = {
  'aks-cluster': 'An AKS cluster has one context only.',
  directory: 'A folder has no contexts.',
  'in-cluster': 'The cluster of a pod has one context only.',
};

/** Settings that mean something with these words of --identity only. */
const OF_IDENTITY = [
  ['token-variable', 'token-variable'],
  ['token-file', 'token-file'],
  ['service-connection-id', 'azure-pipelines'],
] as const;

export function loginOf(values: Values): LoginChoice {
  const text = values['aksCluster'];
  const problems = [...clusterProblems(values), ...identityProblems(values)];
  if (typeof text !== 'string') {
    const stray =
      values['aksClientId'] === undefined
        ? []
        : [settingProblem('aks-client-id', say`needs ${setting('aks-cluster')}`, 'Give it.')];
    return { aksCluster: undefined, problems: [...problems, ...stray] };
  }
  const id = parseAksCluster(text);
  const isWrong = 'what' in id;
  return {
    aksCluster: isWrong ? undefined : id,
    problems: [
      ...problems,
      ...(isWrong ? [settingProblem('aks-cluster', id.what, id.fix)] : []),
      ...(values['identity'] === 'service-account' ? [asksTheCluster()] : []),
    ],
  };
}

function clusterProblems(values: Values): readonly Problem[] {
  const isGiven = (name: string) => ![undefined, false].includes(values[propertyOf({ name })] as undefined);
  const [first, ...others] = CLUSTERS.filter(isGiven);
  if (first === undefined) return [];
  const twice = others.map((name) =>
    settingProblem(name, say`cannot go with ${setting(first)}`, 'Leave one of the two out.'),
  );
  const fix = WITHOUT_CONTEXTS[first];
  if (fix === undefined || !isGiven('context')) return twice;
  return [...twice, settingProblem('context', say`cannot go with ${setting(first)}`, fix)];
}

/** A setting that would have no effect is told, for whoever gave it believes that it has. */
function identityProblems(values: Values): readonly Problem[] {
  const { identity = 'auto' } = values as { readonly identity?: string };
  const given = OF_IDENTITY.filter(([name]) => values[propertyOf({ name })] !== undefined);
  const strangers = given.filter(([, word]) => identity !== 'auto' && identity !== word);
  const [first, second] = given;
  return [
    ...strangers.map(([name]) =>
      settingProblem(name, say`cannot go with ${setting('identity')} ${identity}`, 'Leave one of the two out.'),
    ),
    ...(identity === 'auto' && first !== undefined && second !== undefined
      ? [
          settingProblem(
            second[0],
            say`cannot go with ${setting(first[0])}`,
            'One token is enough: leave one of the two out.',
          ),
        ]
      : []),
  ];
}

function asksTheCluster(): Problem {
  return settingProblem(
    'identity',
    say`service-account asks the cluster for a token, and so cannot be the login to ${setting('aks-cluster')}`,
    'Use auto, or the kind of token that this machine has.',
  );
}
