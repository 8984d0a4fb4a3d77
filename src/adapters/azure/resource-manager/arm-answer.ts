/**
 * What Resource Manager's refusal says, cut down to codes and ids of a strict form.
 *
 * AKS wraps its own errors in no member `error`, unlike everything else there. The body itself is never kept.
 */
import { isRecord } from '../../../core/model/fields.ts';
import type { PlainAnswer } from '../plain-request.ts';
import { jsonObject } from '../vault-answer.ts';

export interface ArmRefusal {
  readonly status: number;
  /** `AuthorizationFailed`; '' for what is not Resource Manager's. */
  readonly code: string;
  readonly objectId: string | undefined;
  /** `Microsoft.ContainerService/managedClusters/read`. */
  readonly action: string | undefined;
  /** The tenant that a refused token should have been of. */
  readonly tenantId: string | undefined;
  /** Microsoft's support can find the request by it. */
  readonly correlationId: string | undefined;
  readonly isAboutLocalAccounts: boolean;
}

const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

export function readRefusal({ status, body, header }: PlainAnswer): ArmRefusal {
  const error = errorIn(body);
  const message = typeof error?.['message'] === 'string' ? error['message'] : '';
  const code = error?.['code'];
  return {
    status,
    code: typeof code === 'string' && /^[A-Za-z]{1,64}$/.test(code) ? code : '',
    objectId: new RegExp(`object id '(${GUID})'`).exec(message)?.[1],
    action: /perform action '([A-Za-z./]{1,200})'/.exec(message)?.[1],
    tenantId: new RegExp(`authorization_uri="https://[^/"]+/(${GUID})"`).exec(header('www-authenticate') ?? '')?.[1],
    correlationId: new RegExp(`^${GUID}$`).exec(header('x-ms-correlation-request-id') ?? '')?.[0],
    isAboutLocalAccounts: /disable local accounts/i.test(message),
  };
}

/** Continuous access evaluation: the claims that a new token must have. */
export function claimsDemanded({ status, header }: PlainAnswer): string | undefined {
  if (status !== 401) return undefined;
  const encoded = /claims="([A-Za-z0-9+/=_-]+)"/.exec(header('www-authenticate') ?? '')?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

function errorIn(body: string): Readonly<Record<string, unknown>> | undefined {
  const whole = jsonObject(body);
  return isRecord(whole?.['error']) ? whole['error'] : whole;
}
