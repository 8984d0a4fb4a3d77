import { describe, expect, it } from '@jest/globals';
import { takenFields } from '../../../src/core/deploy/taken-fields.ts';
import type { KubernetesObject } from '../../../src/core/model/kubernetes-object.ts';

const OWN = 'keyferry-keyferry';

function cronJob(schedule: string, cpu: string | undefined, managedFields: readonly object[] = []): KubernetesObject {
  const limits = { memory: '256Mi', ...(cpu === undefined ? {} : { cpu }) };
  const container = { name: 'keyferry', image: 'node:24-slim', resources: { limits } };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'keyferry', namespace: 'shop', managedFields },
    spec: { schedule, jobTemplate: { spec: { template: { spec: { containers: [container] } } } } },
  };
}

const ofContainer = (fields: object) => ({
  'f:jobTemplate': {
    'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"keyferry"}': { '.': {}, ...fields } } } } },
  },
});
const managed = (manager: string, spec: object, more: object = {}) => ({
  manager,
  operation: 'Apply',
  fieldsV1: { 'f:spec': spec },
  ...more,
});

describe('takenFields', () => {
  it('names what another tool set to another value, in lists too', () => {
    const argo = managed('argocd-controller', {
      'f:schedule': {},
      ...ofContainer({ 'f:resources': { 'f:limits': { 'f:cpu': {} } } }),
    });
    const live = cronJob('0 * * * *', '1', [argo, managed(OWN, { 'f:schedule': {} })]);
    expect(takenFields(cronJob('5 * * * *', '500m'), live, OWN)).toEqual([
      { field: 'spec.schedule', managers: ['argocd-controller'] },
      {
        field: 'spec.jobTemplate.spec.template.spec.containers[0].resources.limits.cpu',
        managers: ['argocd-controller'],
      },
    ]);
  });

  it('has nothing of what stays as it is, was its own, or is not set by it', () => {
    const others = [
      managed('kubectl-edit', { 'f:schedule': {}, ...ofContainer({ 'f:resources': { 'f:limits': { 'f:cpu': {} } } }) }),
      managed('kube-controller-manager', { 'f:schedule': {} }, { subresource: 'status' }),
    ];
    expect(takenFields(cronJob('0 * * * *', undefined), cronJob('0 * * * *', '1', others), OWN)).toEqual([]);
    const own = [managed(OWN, { 'f:schedule': {} })];
    expect(takenFields(cronJob('5 * * * *', undefined), cronJob('0 * * * *', undefined, own), OWN)).toEqual([]);
  });

  it('takes a record of a whole field for all that is below it', () => {
    const live = cronJob('0 * * * *', '1', [managed('tool', { 'f:jobTemplate': {} })]);
    expect(takenFields(cronJob('0 * * * *', '2'), live, OWN)).toMatchObject([{ managers: ['tool'] }]);
  });
});
