/**
 * Signs ID tokens as GitLab puts them into the variables of a job (`id_tokens:`).
 *
 * It has no listener: register `issuer` and `jwks` with the loopback Entra.
 */
import { SigningKey, type Claims, type Jwks } from './json-web-token.ts';

export const GITLAB_ISSUER = 'https://gitlab.com';

export class GitLabIssuer {
  readonly issuer = GITLAB_ISSUER;
  /** Of the branch `main` of one project. */
  readonly subject = 'project_path:contoso/shop:ref_type:branch:ref:main';
  readonly #key = new SigningKey();
  readonly #now: () => number;

  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  jwks(): Jwks {
    return { keys: [this.#key.jwk] };
  }

  /** `claims` replace what would stand there. GitLab Docs: ends with the timeout of the job, an hour by default. */
  token(audience = 'api://AzureADTokenExchange', claims: Claims = {}): string {
    const now = Math.floor(this.#now() / 1000);
    return this.#key.sign({
      iss: this.issuer,
      sub: this.subject,
      aud: audience,
      iat: now,
      nbf: now - 5,
      exp: now + 3600,
      project_path: 'contoso/shop',
      ref: 'main',
      ref_type: 'branch',
      ...claims,
    });
  }
}
