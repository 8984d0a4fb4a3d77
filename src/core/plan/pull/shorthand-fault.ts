/** Why a template that the program made for an annotation gives nothing: told once, at the annotation. */
import type { PullIntent } from '../../model/intent.ts';
import { messageText } from '../../model/message.ts';
import { fieldText, type FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import type { FieldFinding } from '../../secret-template/content.ts';

/** All its parts read the same value, and fail alike: the first stands for all. */
export function shorthandFault(intent: PullIntent, path: FieldPath, findings: readonly FieldFinding[]): Problem {
  const origin = intent.locate(path);
  const told = findings[0] === undefined ? '' : messageText(findings[0].problem.what);
  const reason = told.split(/error calling \w+: /u).at(-1) ?? told;
  return {
    severity: 'error',
    code: 'tls-certificate',
    at: intent.ref,
    field: fieldText(path),
    ...(origin === undefined ? {} : { origin }),
    what: `cannot make tls.crt and tls.key of what the vault has: ${reason}`,
    fix: 'It must be PKCS#12 in Base64 without a password, or PEM, with the private key and the certificates of one chain.',
  };
}
