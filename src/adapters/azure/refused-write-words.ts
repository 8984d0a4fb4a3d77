/** Why Key Vault does not take what is written, in words that say what to do. Never a value, never its own text. */
import type { PortErrorDetails } from '../../ports/errors.ts';
import { isBusy, type Complaint, type VaultAnswer } from './vault-answer.ts';
import { asked, objectOf, TYPE_WORDS, type VaultRequest } from './vault-request.ts';

export function conflictWords(answer: VaultAnswer, request: VaultRequest): PortErrorDetails {
  if (answer.inner === 'ObjectIsDeletedButRecoverable') return deletedWords(request);
  if (request.type === 'cert' && request.action === 'import' && !isBusy(answer)) return nameTakenWords(request);
  return {
    kind: 'Conflict',
    what: `${objectOf(request)} in ${request.vault} is being deleted or recovered`,
    fix: 'Run again in a minute.',
  };
}

function deletedWords(request: VaultRequest): PortErrorDetails {
  const { name = '', type, vaultName } = request;
  return {
    kind: 'Conflict',
    what: `the name of ${objectOf(request)} in ${request.vault} is held by one that was deleted`,
    fix: `Recover that (az keyvault ${TYPE_WORDS[type]} recover --vault-name ${vaultName} --name ${name}), or choose another name.`,
  };
}

function nameTakenWords(request: VaultRequest): PortErrorDetails {
  return {
    kind: 'Conflict',
    what: `${request.vault} does not take ${objectOf(request)}: there is a secret or a key of that name, which no certificate made`,
    fix: 'Choose another name, or delete that secret and key first.',
  };
}

export function managedWords(request: VaultRequest): PortErrorDetails {
  const { name = '' } = request;
  return {
    kind: 'Invalid',
    what: `${objectOf(request)} in ${request.vault} belongs to the certificate of that name`,
    fix: `Push to cert/${name}, or choose another name.`,
  };
}

export function goneWords(request: VaultRequest): PortErrorDetails {
  const deleted = request.action === 'recover' ? 'deleted ' : '';
  return {
    kind: 'NotFound',
    what: `there is no ${deleted}${objectOf(request)} in ${request.vault} any more`,
    fix: 'Run again: what is there now is read first.',
  };
}

/** What it is that is wrong, and the rule. */
const COMPLAINTS: Readonly<Record<Complaint, readonly [string, string]>> = {
  tags: ['its tags', 'There may be 15 tags, with names and values of 256 characters at most.'],
  length: ['its length', 'A secret holds 25,600 bytes at most, a content type 255 characters.'],
  pkcs12: ['its PKCS#12 cannot be read', 'Check the file, and that its password is given and right.'],
  pem: [
    'its PEM cannot be read',
    'A PEM needs the certificate and its private key as PKCS#8, and contentType application/x-pem-file.',
  ],
  key: [
    'the type of the key',
    'Key Vault takes RSA keys of 2048, 3072 and 4096 bits, and EC keys on P-256, P-384, P-521 and P-256K.',
  ],
  name: ['its name', 'Names have letters, digits and hyphens, 127 at most.'],
};

export function unfitWords(answer: VaultAnswer, request: VaultRequest): PortErrorDetails {
  const said = `${request.vault} does not take ${asked(request)} (${answer.code}, HTTP ${answer.status})`;
  if (answer.complaint === undefined) {
    return { kind: 'Invalid', what: said, fix: 'Check its name, tags, content type and expiry.' };
  }
  const [wrong, rule] = COMPLAINTS[answer.complaint];
  return { kind: 'Invalid', what: `${said}: ${wrong}`, fix: rule };
}
