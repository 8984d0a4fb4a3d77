/**
 * Signs ServiceAccount tokens as an AKS cluster does, for mounted token files and for a fake TokenRequest.
 *
 * It has no listener: register `issuer` and `jwks` with the loopback Entra.
 */
import { randomUUID } from 'node:crypto';
import { SigningKey, type Claims, type Jwks } from './json-web-token.ts';

/** Ends with a slash, as those of AKS do: without it Entra finds no federated credential. */
export const AKS_ISSUER =
  'https://westeurope.oic.prod-aks.azure.com/11111111-1111-1111-1111-111111111111/22222222-2222-2222-2222-222222222222/';

export interface ServiceAccountToken {
  readonly namespace: string;
  readonly name: string;
  readonly audiences?: readonly string[];
  readonly expirationSeconds?: number;
  /** Replace what would stand there. */
  readonly claims?: Claims;
}

export class ServiceAccountIssuer {
  readonly issuer: string;
  #key = new SigningKey();
  readonly #now: () => number;

  constructor(issuer: string = AKS_ISSUER, now: () => number = () => Date.now()) {
    this.issuer = issuer;
    this.#now = now;
  }

  jwks(): Jwks {
    return { keys: [this.#key.jwk] };
  }

  /** New keys: tokens signed before are no longer good. */
  rotateKeys(): void {
    this.#key = new SigningKey();
  }

  token(request: ServiceAccountToken): string {
    const { namespace, name, audiences = ['api://AzureADTokenExchange'], expirationSeconds = 3600 } = request;
    const now = Math.floor(this.#now() / 1000);
    return this.#key.sign({
      iss: this.issuer,
      sub: serviceAccountSubject(namespace, name),
      aud: audiences,
      iat: now,
      nbf: now,
      exp: now + expirationSeconds,
      jti: randomUUID(),
      'kubernetes.io': { namespace, serviceaccount: { name, uid: randomUUID() } },
      ...request.claims,
    });
  }
}

export function serviceAccountSubject(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}
