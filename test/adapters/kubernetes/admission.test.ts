/** What policies, webhooks and quotas say to a write, in the words of API servers, and what a user is told. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KubernetesCluster } from '../../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { KubernetesObjects } from '../../../src/adapters/kubernetes/kubernetes-objects.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import { PortError } from '../../../src/ports/errors.ts';
import { ScriptedApiServer, status, type ScriptedAnswer } from './api-server.ts';

let server: ScriptedApiServer;

beforeEach(async () => {
  server = await ScriptedApiServer.start();
});
afterEach(async () => server.close());

const told = ({ kind, code, what, fix, whole }: PortError) => ({ kind, code, what, fix, whole });

async function refusalOf(kind: string, apiVersion: string, answer: ScriptedAnswer): Promise<PortError> {
  server.answer(answer);
  const object = { apiVersion, kind, metadata: { name: 'keyferry', namespace: 'shop' } };
  const error: unknown = await new KubernetesObjects(server.connect())
    .tryApply(object, 'keyferry')
    .catch((reason: unknown) => reason);
  if (!(error instanceof PortError)) throw new Error('there was no refusal');
  return error;
}

const ofCronJob = (answer: ScriptedAnswer) => refusalOf('CronJob', 'batch/v1', answer);
const ofBinding = (answer: ScriptedAnswer) => refusalOf('RoleBinding', 'rbac.authorization.k8s.io/v1', answer);

/** As ValidatingAdmissionPolicy answers: the cause has no field. */
const POLICY =
  "ValidatingAdmissionPolicy 'need-team' with binding 'need-team' denied request: the label team is required";
const ofPolicy = (code: number, reason: string) =>
  status(code, reason, `rolebindings.rbac.authorization.k8s.io "keyferry" is forbidden: ${POLICY}`, {
    causes: [{ message: POLICY }],
  });
const ofWebhook = (code: number, words: string, name = 'policy.example.com') =>
  status(code, 'BadRequest', `admission webhook "${name}" denied the request: ${words}`);

const MEET_IT = 'Meet that policy, or ask who runs it for an exception.';

describe('a policy', () => {
  it.each([
    ['as it is by default', 422, 'Invalid'],
    ['with reason Forbidden', 403, 'Forbidden'],
    ['with reason Unauthorized, which is nothing against the login', 401, 'Unauthorized'],
    ['with reason RequestEntityTooLarge', 413, 'RequestEntityTooLarge'],
  ])('is told in its own words: %s', async (_name, code, reason) => {
    expect(told(await ofBinding(ofPolicy(code, reason)))).toEqual({
      kind: 'Forbidden',
      code: 'PolicyDenied',
      what: 'RoleBinding shop/keyferry is refused by the ValidatingAdmissionPolicy need-team of cluster shop-prd: the label team is required',
      fix: MEET_IT,
      whole: false,
    });
  });

  it.each([400, 403, 404, 409, 422])('of a webhook is told in its own words, whatever the status: %i', async (code) => {
    expect(told(await ofCronJob(ofWebhook(code, 'cpu limits are required.')))).toEqual({
      kind: 'Forbidden',
      code: 'PolicyDenied',
      what: 'CronJob shop/keyferry is refused by the admission webhook policy.example.com of cluster shop-prd: cpu limits are required',
      fix: MEET_IT,
      whole: false,
    });
  });

  it('of a webhook that gives no words is named', async () => {
    const answer = status(400, 'BadRequest', 'admission webhook "a.example" denied the request without explanation');
    expect((await ofCronJob(answer)).what).toBe(
      'CronJob shop/keyferry is refused by the admission webhook a.example of cluster shop-prd',
    );
  });

  it('of Gatekeeper and of Kyverno is named beside the webhook that all their policies share', async () => {
    const gatekeeper = ofWebhook(
      403,
      '[azurepolicy-k8sazurev3containerlimits-1] container <keyferry> has no resource limits',
      'validation.gatekeeper.sh',
    );
    const kyverno = ofWebhook(
      400,
      "\n\nresource CronJob/shop/keyferry was blocked due to the following policies \n\nrequire-limits:\n  autogen-cpu: 'validation error: cpu limits are required'\n",
      'validate.kyverno.svc-fail',
    );
    expect([(await ofCronJob(gatekeeper)).what, (await ofCronJob(kyverno)).what]).toEqual([
      'CronJob shop/keyferry is refused by the admission webhook validation.gatekeeper.sh, policy azurepolicy-k8sazurev3containerlimits-1, of cluster shop-prd: [azurepolicy-k8sazurev3containerlimits-1] container <keyferry> has no resource limits',
      "CronJob shop/keyferry is refused by the admission webhook validate.kyverno.svc-fail, policy require-limits, of cluster shop-prd: resource CronJob/shop/keyferry was blocked due to the following policies require-limits: autogen-cpu: 'validation error: cpu limits are required'",
    ]);
  });

  it('cannot fill the log, nor do anything in a terminal', async () => {
    const { what } = await ofCronJob(ofWebhook(400, `a\r\n::error::b\u001B[2Jc\u202E${'x'.repeat(2_000)}`));
    expect(what).toMatch(/: a ::error::b \[2Jc x{200,300}…$/u);
  });

  it('says nothing of a Secret but its name: its words may hold values', async () => {
    const cluster = new KubernetesCluster(server.connect());
    const whatOf = async (answer: ScriptedAnswer) => {
      server.answer(answer);
      const error: unknown = await cluster.getSecret(secretRef('shop', 'db')).catch((reason: unknown) => reason);
      return error as PortError;
    };
    const refusals = [
      await whatOf(ofWebhook(400, '[no-canary] the value canary is too weak', 'validation.gatekeeper.sh')),
      await whatOf(ofWebhook(422, '[canary] is too weak')),
      await whatOf(status(422, 'Invalid', POLICY.replace('the label', 'canary'), { causes: [{ message: 'canary' }] })),
      await whatOf(status(500, 'InternalError', 'failed calling webhook "a.example": it says canary')),
    ];
    expect(refusals.map(({ what }) => what)).toEqual([
      'Secret shop/db is refused by the admission webhook validation.gatekeeper.sh, policy no-canary, of cluster shop-prd',
      'Secret shop/db is refused by the admission webhook policy.example.com of cluster shop-prd',
      'Secret shop/db is refused by the ValidatingAdmissionPolicy need-team of cluster shop-prd',
      'Secret shop/db was not taken, because cluster shop-prd could not call the admission webhook a.example',
    ]);
    expect(JSON.stringify(refusals.map(told)).replace('policy no-canary', '')).not.toContain('canary');
  });

  it('that answers 404 to a deletion does not count as gone', async () => {
    server.answer(ofWebhook(404, 'no'));
    const objects = new KubernetesObjects(server.connect());
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'a' };
    await expect(objects.delete(ref)).rejects.toMatchObject({ code: 'PolicyDenied' });
  });
});

describe('a webhook', () => {
  it('that takes no dry run is told as such', async () => {
    const message = 'admission webhook "policy.example.com" does not support dry run';
    expect(told(await ofCronJob(status(400, 'BadRequest', message)))).toEqual({
      kind: 'Invalid',
      code: 'NoDryRun',
      what: 'CronJob shop/keyferry cannot be tried before it is applied: the admission webhook policy.example.com of cluster shop-prd takes no dry run',
      fix: 'What that webhook says to it shows when it is applied. Who runs it can set sideEffects: None.',
      whole: false,
    });
  });

  it('that does not answer is named, after two attempts', async () => {
    const message =
      'Internal error occurred: failed calling webhook "validation.gatekeeper.sh": failed to call webhook: Post "https://gatekeeper.svc:443/v1/admit?timeout=3s": dial tcp 10.0.0.9:443: connect: connection refused';
    expect(told(await ofCronJob(status(500, 'InternalError', message)))).toEqual({
      kind: 'Unavailable',
      code: 'WebhookDown',
      what: 'CronJob shop/keyferry was not taken, because cluster shop-prd could not call the admission webhook validation.gatekeeper.sh: failed to call webhook: Post "https://gatekeeper.svc:443/v1/admit?timeout=3s": dial tcp 10.0.0.9:443: connect: connection refused',
      fix: 'It was left as it is. Ask who runs that webhook to bring it back, and run again.',
      whole: false,
    });
    expect(server.requests).toHaveLength(2);
  });

  it('that converts custom resources and does not answer is named', async () => {
    const message =
      'conversion webhook for external-secrets.io/v1beta1, Kind=ExternalSecret failed: Post "https://eso.svc:443/convert": no endpoints available for service "eso"';
    const refusal = await refusalOf('ExternalSecret', 'external-secrets.io/v1', status(500, 'InternalError', message));
    // The first request asks what the cluster serves.
    expect(refusal.what).toContain(
      'could not call the conversion webhook external-secrets.io/v1beta1, Kind=ExternalSecret: Post',
    );
  });
});

describe('an object that is invalid', () => {
  it('has a code of its own where a field of it is immutable, and nothing else is wrong', async () => {
    const roleRef = { field: 'roleRef', message: 'Invalid value: {"kind":"Role"}: cannot change roleRef' };
    const data = { field: 'data', message: 'Forbidden: field is immutable when `immutable` is set' };
    const other = { field: 'metadata.labels', message: 'Invalid value: a valid label must be …' };
    const codeOf = async (...causes: readonly object[]) =>
      (await ofBinding(status(422, 'Invalid', 'RoleBinding "keyferry" is invalid', { causes }))).code;
    expect([await codeOf(roleRef), await codeOf(data), await codeOf(roleRef, other), await codeOf(other)]).toEqual([
      'ImmutableField',
      'ImmutableField',
      'Invalid',
      'Invalid',
    ]);
  });

  it('gets advice that fits it, and no empty field', async () => {
    const causes = [{ field: '', message: 'Required value: something is missing' }];
    expect(told(await ofCronJob(status(422, 'Invalid', 'it is invalid', { causes })))).toEqual({
      kind: 'Invalid',
      code: 'Invalid',
      what: 'CronJob shop/keyferry is invalid: Required value: something is missing',
      fix: 'Kubernetes refuses such an object. Correct the setting or the manifest that it is made from.',
      whole: false,
    });
  });
});

describe('a quota', () => {
  it('is named with its numbers for an object of the installation', async () => {
    const message =
      'configmaps "keyferry" is forbidden: exceeded quota: small, requested: configmaps=1, used: configmaps=3, limited: configmaps=3';
    expect(told(await refusalOf('ConfigMap', 'v1', status(403, 'Forbidden', message)))).toEqual({
      kind: 'Forbidden',
      code: 'QuotaExceeded',
      what: 'ConfigMap shop/keyferry would exceed the ResourceQuota small (requested: configmaps=1, used: configmaps=3, limited: configmaps=3)',
      fix: 'Raise the quota, or remove something.',
      whole: false,
    });
  });
});
