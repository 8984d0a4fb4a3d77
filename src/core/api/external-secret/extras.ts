/** The annotations of ExternalSecrets that the operator does not have: one row for each. */
import type { PullExtras } from '../../model/intent.ts';
import { STATE_ANNOTATIONS, type ObjectState, type StatePolicies, type StatePolicy } from '../../model/left-out.ts';
import { KEEP_PREVIOUS_ANNOTATION, PULL_ANNOTATIONS, ROTATE_ANNOTATION } from '../../model/names.ts';
import {
  isLenient,
  LENIENT_TEMPLATES,
  type AnnotationRow,
  type Annotations,
  type AnnotationTable,
} from '../annotations.ts';
import { findTypesIn, optionalIn } from './entry-extras.ts';

const MOST_PREVIOUS = 9;

const ROTATE: AnnotationRow = {
  name: ROTATE_ANNOTATION,
  values: 'any text, as `"2027-01"`',
  default: 'nobody asks',
  does: 'Another text than at the last sync: passwords, UUIDs and SSH keys of its [generators](generators.md) are drawn anew.',
  isValid: (text) => text !== '',
  fix: 'Write any text; another one than the last asks for new values.',
};

const KEEP_PREVIOUS: AnnotationRow = {
  name: KEEP_PREVIOUS_ANNOTATION,
  values: '`"1"` to `"9"`',
  default: 'none is kept',
  does: 'So many earlier values of its [generators](generators.md) stay in the Secret, as `KEY_PREVIOUS`, `KEY_PREVIOUS_2` and so on.',
  isValid: (text) => /^[0-9]$/u.test(text),
  fix: `Write a whole number from 0 to ${MOST_PREVIOUS}, in quotes.`,
};

const POLICIES: readonly StatePolicy[] = ['fail', 'warn', 'skip'];

const LEFT_OUT = 'What is left out of `data` and `extract` keeps its keys in the Secret, and never deletes it.';

export const PULL_ANNOTATION_TABLE: AnnotationTable = {
  kinds: 'ExternalSecrets',
  rows: [
    stateRow('disabled', {
      default: '`fail` for what `data` and `extract` name, `skip` for `find`, as in the operator',
      does: `What becomes of disabled objects: the refresh fails, they are left out with a warning (their values cannot be read), or without one. ${LEFT_OUT}`,
    }),
    stateRow('expired', {
      default: 'they are used, as in the operator',
      does: `What becomes of objects past their expiry: the refresh fails, they are used with a warning, or left out. ${LEFT_OUT}`,
    }),
    stateRow('not-yet-valid', {
      default: 'they are used, as in the operator',
      does: `What becomes of objects before their activation date: the refresh fails, they are used with a warning, or left out. ${LEFT_OUT}`,
    }),
    stateRow('managed', {
      default: 'they are used, as in the operator',
      does: 'What becomes of secrets and keys that belong to a certificate, where a `find` matches them; what `data` and `extract` name is used.',
    }),
    {
      name: PULL_ANNOTATIONS.optional,
      values: 'keys of `data`, `data[0]`, `dataFrom[1]`; several with commas',
      default: 'an absent object fails the refresh under `deletionPolicy: Retain`',
      does: 'That the object of these entries does not exist is no error, nor that a `find` matches nothing. Under `Retain` a key that is in the Secret already stays; `Merge` and `Delete` do with it as ever.',
      isValid: (text) => optionalIn(text) !== undefined,
      fix: 'Write keys of spec.data, data[0] or dataFrom[0]; several with commas.',
    },
    {
      name: PULL_ANNOTATIONS.findType,
      values: '`secret`, `cert`, `key` for every `find`, or `dataFrom[0]=cert`; several with commas',
      default: '`secret`',
      does: 'What a `find` lists and reads: certificates as `cert/NAME` of `data` gives them (DER), keys as `key/NAME` does (a JWK of the public part).',
      isValid: (text) => findTypesIn(text) !== undefined,
      fix: 'Write secret, cert or key, or dataFrom[0]=cert; several with commas.',
    },
    {
      name: PULL_ANNOTATIONS.tls,
      values: '`"true"`, `"false"`',
      default: '`"false"`',
      does: 'A Secret of type `kubernetes.io/tls` out of the one certificate that `data` names, whether it is PKCS#12 or PEM: `tls.crt` is the chain from the leaf on, `tls.key` the private key, `ca.crt` the root if the vault has it. In the place of `target.template`; as with one, the Secret gets no labels of the ExternalSecret.',
      isValid: (text) => text === 'true' || text === 'false',
      fix: 'Write "true" or "false".',
    },
    LENIENT_TEMPLATES,
    ROTATE,
    KEEP_PREVIOUS,
  ],
};

function stateRow(state: ObjectState, words: Pick<AnnotationRow, 'default' | 'does'>): AnnotationRow {
  return {
    name: STATE_ANNOTATIONS[state],
    values: '`fail`, `warn`, `skip`',
    ...words,
    isValid: (text) => policyIn(text) !== undefined,
    fix: 'Write fail, warn or skip.',
  };
}

/** Values have been looked at. */
export function toPullExtras(annotations: Annotations): PullExtras {
  const rotate = annotations[ROTATE_ANNOTATION];
  return {
    lenientTemplates: isLenient(annotations),
    states: statePolicies(annotations),
    ...(rotate === undefined ? {} : { rotate }),
    keepPrevious: Number(annotations[KEEP_PREVIOUS_ANNOTATION] ?? 0),
  };
}

function statePolicies(annotations: Annotations): StatePolicies {
  const states = Object.keys(STATE_ANNOTATIONS) as ObjectState[];
  const given = states.map((state) => [state, policyIn(annotations[STATE_ANNOTATIONS[state]] ?? '')] as const);
  return Object.fromEntries(given.filter(([, policy]) => policy !== undefined));
}

function policyIn(text: string): StatePolicy | undefined {
  return POLICIES.find((policy) => policy === text);
}
