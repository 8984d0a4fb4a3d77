/** Entra's refusals: one constructor for each AADSTS number, worded by the golden file. */
import { randomUUID } from 'node:crypto';
import { filledAnswer } from './golden.ts';
import type { Answer } from './listener.ts';

export interface EntraProblem {
  /** The AADSTS number, and the name of the answer in the golden file. */
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
}

interface Presented {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

interface Validity {
  readonly nowMs: number;
  readonly notBefore: number;
  readonly expires: number;
}

const problem = (code: string, values: EntraProblem['values'] = {}): EntraProblem => ({ code, values });

export const AADSTS = {
  noFederatedCredential: (presented: Presented) => problem('70021', { ...presented }),
  issuerMismatch: (issuer: string) => problem('700211', { issuer }),
  audienceMismatch: (audience: string) => problem('700212', { audience }),
  subjectMismatch: (subject: string) => problem('700213', { subject }),
  subjectCaseMismatch: (subject: string) => problem('7002138', { subject }),
  outsideValidity: ({ nowMs, notBefore, expires }: Validity) =>
    problem('700024', { now: isoTime(nowMs), from: isoTime(notBefore * 1000), until: isoTime(expires * 1000) }),
  badSignature: (reason: string) => problem('700027', { reason }),
  issuerUnreachable: () => problem('50166'),
  issuerKeysUnreadable: (issuer: string) => problem('900612', { issuer }),
  malformedAssertion: () => problem('50027'),
  clientNotFound: (clientId: string, tenant: string) => problem('700016', { clientId, tenant }),
  tenantNotFound: (tenant: string) => problem('90002', { tenant }),
  wrongSecret: (clientId: string) => problem('7000215', { clientId }),
  credentialMissing: () => problem('7000218'),
  resourceNotFound: (resource: string, tenant: string) => problem('500011', { resource, tenant }),
  scopeWithoutDefault: (scope: string) => problem('1002012', { scope }),
  parameterMissing: (parameter: string) => problem('900144', { parameter }),
  unsupportedGrant: (grantType: string) => problem('70003', { grantType }),
  unknownInstance: () => problem('50049'),
};

export function answerOf({ code, values }: EntraProblem, nowMs: number): Answer {
  const timestamp = isoTime(nowMs).replace('T', ' ');
  return filledAnswer('entra-errors', code, {
    ...values,
    timestamp,
    traceId: randomUUID(),
    correlationId: randomUUID(),
  });
}

function isoTime(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? 'unknown' : new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
