import { describe, expect, it } from '@jest/globals';
import { operatorProblems, type OperatorFacts } from '../../../src/core/deploy/live-operator.ts';
import type { KubernetesObject } from '../../../src/core/model/kubernetes-object.ts';
import { problemText } from '../../../src/core/model/problem.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const STORE = 'SecretStore shop/kv';

function store(controller?: string): KubernetesObject {
  const spec = controller === undefined ? {} : { controller };
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name: 'kv', namespace: 'shop' },
    spec,
  };
}

function operator(args: readonly string[], readyReplicas = 1): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'operator', namespace: 'ops' },
    spec: { template: { spec: { containers: [{ args }] } } },
    status: { readyReplicas },
  };
}

function event(lastTimestamp: string, component = 'secret-store'): KubernetesObject {
  const involvedObject = { kind: 'SecretStore', name: 'kv', namespace: 'shop' };
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e' },
    involvedObject,
    source: { component },
    lastTimestamp,
  };
}

function told(facts: Partial<OperatorFacts>): readonly string[] {
  return operatorProblems({
    deployments: [],
    live: new Map(),
    events: [],
    intents: [],
    pushes: [],
    controllerClass: 'keyferry',
    now: NOW,
    ...facts,
  }).map(problemText);
}

const UNSEEN = { unseen: 'it may not' };
const live = (controller?: string) => new Map([[STORE, store(controller)]]);

describe('an operator whose Deployment is seen', () => {
  it('is no matter where it does not run, or has another class than the store', () => {
    expect(told({ deployments: [operator([], 0)], live: live() })).toEqual([]);
    expect(told({ deployments: [operator([])], live: live('keyferry') })).toEqual([]);
    expect(told({ deployments: [operator(['--controller-class=blue'])], live: live('green') })).toEqual([]);
    expect(told({ deployments: [operator(['--namespace', 'other'])], live: live() })).toEqual([]);
  });

  it.each([
    ['no class', [], undefined],
    ['its class', ['--controller-class', 'blue'], 'blue'],
  ])('syncs a store of %s', (_text, args, controller) => {
    expect(told({ deployments: [operator(args)], live: live(controller) })).toEqual([
      `SecretStore shop/kv: is synced by External Secrets Operator (Deployment ops/operator). Hand it over first, or stop the operator: kubectl patch secretstore kv -n shop --type merge -p '{"spec":{"controller":"keyferry"}}'.`,
    ]);
  });
});

describe('an operator that cannot be seen', () => {
  it('is given away by what it did in the last ten minutes, and by nothing older', () => {
    expect(told({ deployments: UNSEEN, live: live(), events: [event('2026-06-01T11:51:00Z')] })[0]).toContain(
      'is synced by another controller: "secret-store" was at it at 2026-06-01T11:51:00.000Z.',
    );
    expect(told({ deployments: UNSEEN, live: live(), events: [event('2026-06-01T11:49:00Z')] })[0]).toContain(
      'cannot be seen',
    );
    expect(
      told({ deployments: UNSEEN, live: live(), events: [event('2026-06-01T11:59:00Z', 'keyferry')] })[0],
    ).toContain('cannot be seen');
  });

  it('is told with the stores that it would sync', () => {
    expect(told({ deployments: UNSEEN, live: live() })).toEqual([
      'whether an External Secrets Operator runs cannot be seen: it may not. Where one does, it syncs SecretStore shop/kv too, until that has spec.controller: keyferry.',
    ]);
  });
});
