/**
 * Where a PushSecret comes to something else than in the operator, each kind with its one reason.
 *
 * In the operator's words: a version = a new version of the vault object, properties = its tags, content type, expiry.
 */
import type { Deviation } from './deviations.ts';
import { GONE } from './gone.ts';
import type { Fields } from './load-case.ts';

const PUSH = 'PushSecret app/push';
const KV = 'SecretStore/kv';
const FIRST_VERSION = '1-f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2';
const SYNCED = { type: 'Ready', status: 'True', reason: 'Synced', message: 'PushSecret synced successfully' };
const ERRORED = { type: 'Ready', status: 'False', reason: 'Errored' };

/** The vault is as it was. */
const UNTOUCHED: Fields = { vault: null };

/** One version in a vault, with the tag that all have. */
function version(value: string, { tags = {}, exp, ...others }: VersionParts = {}): Fields {
  const attributes = { enabled: true, ...(exp === undefined ? {} : { exp }) };
  return { value, tags: { 'managed-by': 'external-secrets', ...tags }, attributes, ...others };
}

interface VersionParts {
  readonly tags?: Fields;
  readonly exp?: number;
  readonly contentType?: string;
}

/** These are all versions of one secret of kv-main. */
function secret(name: string, ...versions: readonly Fields[]): Fields {
  return { vault: { 'kv-main': { secrets: { [name]: versions } } } };
}

/** Read, then changed in place. */
function patched(path: string, vaultVersion: string): Fields {
  return { requests: [`GET ${path}/`, `PATCH ${path}/${vaultVersion}`] };
}

/** The way over a name that is deleted: whose it was is asked before it is recovered. */
function recovered(type: string, name: string, write: string): readonly string[] {
  return [
    `GET /${type}/${name}/`,
    write,
    `GET /deleted${type}/${name}`,
    `POST /deleted${type}/${name}/recover`,
    `GET /${type}/${name}/`,
    write,
  ];
}

function entry(secretKey: string, remoteKey: string): Fields {
  return { [remoteKey]: { conversionStrategy: 'None', match: { secretKey, remoteRef: { remoteKey } } } };
}

/** It was pushed for the first time where the operator fails. */
function pushed(written: Fields, condition: Fields = SYNCED): Fields {
  return {
    status: {
      [PUSH]: {
        conditions: [condition],
        refreshTime: 'set',
        syncedResourceVersion: FIRST_VERSION,
        syncedPushSecrets: { [KV]: written },
      },
    },
    events: [{ object: PUSH, type: 'Normal', reason: 'Synced' }],
  };
}

/** What was never pushed, and says why; nothing of these references is remembered. */
function refused(...references: readonly string[]): Fields {
  return { ...notPushed([PUSH], references), ...UNTOUCHED };
}

function notPushed(refs: readonly string[], references: readonly string[]): Fields {
  const status = {
    conditions: [ERRORED],
    refreshTime: null,
    syncedResourceVersion: null,
    syncedPushSecrets: { [KV]: Object.fromEntries(references.map((reference) => [reference, null])) },
  };
  return {
    status: Object.fromEntries(refs.map((ref) => [ref, status])),
    events: refs.map((object) => ({ object, type: 'Warning', reason: 'Errored' })),
  };
}

/** The condition and the Event that the operator keeps back. */
const TOLD: Fields = {
  status: { [PUSH]: { conditions: [ERRORED] } },
  events: [{ object: PUSH, type: 'Warning', reason: 'Errored' }],
};

const RSA_IN_VAULT = {
  jwk: {
    kty: 'RSA',
    n: '9AJcWESTHb0YJ9YnAlib0l05241hZKvqDKSbRojWF5IExe7ez0S0eyqYXg4cWI3bUAakfJuTAUuq5AJ8e206D7azoXzje2Eevb5iF77AvHrcCMSUIjVI1QCO6bIiXdVtz-3pN0nYhOXc1gUTWsb3rz-KKrCQkUC5uw3i_1n8L46x0mrYO9coAdycRbuW7K0qDIvYT1ur9IfgboAYsjd0M6CRfg58EwrEenKMTuEk5UWWmt5zq3htj0duu-gcbqe1uolFEqcEd4LnbNpsdMzAEAGWv89GLWHUPfgQLftyoOjclb9T6H8ow_4Q6mhAJPpLAVouD33pvrBL0dFE8XCOkQ',
    e: 'AQAB',
  },
};

/** What lies in the vault, deleted, before ps-064k. */
const RSA_DELETED = {
  jwk: {
    kty: 'RSA',
    n: 'sq2POuE3_FLsBHq2audh35AHq8JfPxadcycYcFFcmXAlP0KU2d6GugtmlxRiAstk0iV1NYwC1mmQzO1WteQwBbyhxd51aF-jlWnfdcrYl2xscuyUqF4_4pjJT0uiKNajMWp0b2XFkW5Fjp_2QIIbkkbB88zmxXw4qD-z9xQIr_bitIZVcNbI2j7ks5-zspPmezK0G7jEBUWhm_K22vAvTkU2G1to2sfkDBUm3BFVYgDfAnzsRRpicoPVZNZMK5_0DgAKeHheTxZU-Lko9A4zrNRZG667v4wYbjWn8UAVbv1Y7mkb9_oPv7kd-UCWdw9-Bc0MgzLBK5oh7uKCiBjjpw',
    e: 'AQAB',
  },
};

/** What the Secret of ps-064k holds: all of it is sent. */
const RSA_SENT = {
  jwk: {
    ...RSA_IN_VAULT.jwk,
    d: 'W7VlTINGUEksaN2Ybd6kB1ctOMIIQ3zzIObwMON4xvQnRgn9ANARwPSji2DK15-sjdp5zTlnV__6nK8wZt33o3BHgiHH1T24ISlxI6Y0W004OxNizLzcQKmS6uSmdOq1tKgHaeaoXDmQ7PBqWhYQCdqPMUCJFUHcSEKFNNG7HSP3gpgKjMnH9A6uqj8eg6RFIB1wyVQf5oMr7PsFmWGz-nuLZNwN8-ENPh7d14kS3fIV-DHsel2aW9PIl1807ZdTORhWzn4MCPPH2RTn-peXvTScSX8T6UxnMGjxu4tNnpFjJx4tv4hDkyCJQOHPQf3YgZWetXTtZMdfBVaY3lW1',
    dp: 'YyTrKyVRZTyV2LXJtUNQOsERMwTx-5ZBaj319ZAL_qRE2xZ3VcDIK9WYL9vymK0hsbe50O9gNsbAOuN-94_GzB6ojeANyJI1qN-MfpKKyZ7r3Of-Y3RzI-c1zxQZqwDmdkzxL2mzi3S8wKqruSRj94FEuCfCsM_2DLiipN_2c7E',
    dq: 'qA2CWzMIAS4LJUDkEJptaoWLdeaX0k01WKw4afDvGmIbQ-HN0jMl6VCqrRWOCuNkMZ412oHEk9XvJh3_eR47NZlRt9c3ylRvlNnzw0_zBDf-ybBS0irU7_-km6tcjzQ4nzMS4cl6CLstWpWLleg8G-zmmU7R2co3BAQVGrTsTZU',
    p: '_JbumtrTUmurV8-eV_G5XOIQhVXp873j5q0pyvT9KR-aFlM4m6WyV6IYVi8Tl2JOuicL1E23Dgqoj1fLFj1dyOGsczVCNKAB3J-ZwacBMiJeTS9IrrPBWNVNzlbyQfI9xdX1YAD8HEQShjldtEmxsr8d1Gp5BQCV9eA6QMCeyZU',
    q: '903FXCuXJwaA0Km-NrQa_9muiyek88eA-UE4d2NgbHFR2YzTWmLKbEFM7YsnwIBL5_xo98WjW7p2ftkq_3PEQ0fvlu06zuHWldIZAyd2wT2BuESLpteRMHSl0pmPor6IIKvopNcH6qV1jo6U3bLtUyG9XfbDbw0ya2hGTlxeig0',
    qi: '21DfusNRE7nQ08aXbOna9dKFnXMkDHPcA7I5MjeR4t7rEVgFbDROBYYOhKXwxu2MgNPGx-N8iIu_QkoO3OvhRiXclUdWzPJ69dlEFTjlQ9sqgaACAOgd0y9WW3NexLiDEvV7XlDNq58FZ0oGmdw-4fMYz8ttYJma89I_avAyJPw',
  },
};

/** The certificate of shop.example.com that sources hold, and the one that lies in the vault before ps-064c. */
const LEAF =
  'MIIBpjCCAUygAwIBAgIUBmBBTVfEOKRouETQ+pREO9ucIjMwCgYIKoZIzj0EAwIwFTETMBEGA1UEAwwKRXhhbXBsZSBDQTAeFw0yNjExMjIxMzA5MTVaFw0zNjExMTkxMzA5MTVaMBsxGTAXBgNVBAMMEHNob3AuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATAjOULlTnUIjsx3B6/mkW0u/X+fcYnsdAhOM5AhiqQf+TN8I9qCj8Ld+Sp6ppp0yIW6Q6rBHbdW6UBu9cqs45No3QwcjAbBgNVHREEFDASghBzaG9wLmV4YW1wbGUuY29tMBMGA1UdJQQMMAoGCCsGAQUFBwMBMB0GA1UdDgQWBBQESIIhBDgD43rMyVWjRRjDodPxITAfBgNVHSMEGDAWgBRaEkml6bUBRRTm26ccfWLk7VevOjAKBggqhkjOPQQDAgNIADBFAiAE1DknBsO9MbJLvrHDSMmvbZcJ1+uGMmJhh6vSBqXhzgIhANDII05IoxwsUJrAw0XxmxZ674eh2wq/nbxOQuRm0FJe';
const OTHER_LEAF =
  'MIIBpTCCAUygAwIBAgIUBmBBTVfEOKRouETQ+pREO9ucIjQwCgYIKoZIzj0EAwIwFTETMBEGA1UEAwwKRXhhbXBsZSBDQTAeFw0yNjExMjIxMzA5MTVaFw0zNjExMTkxMzA5MTVaMBsxGTAXBgNVBAMMEHNob3AuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASupEgqIJuuEQLdd5T9PjZH/BLsv14q9He7nCDw0UsSajuB9DvQvDODFpucbkd+hNmc7iYir5kTLQjW5mUhwkU2o3QwcjAbBgNVHREEFDASghBzaG9wLmV4YW1wbGUuY29tMBMGA1UdJQQMMAoGCCsGAQUFBwMBMB0GA1UdDgQWBBQfth+aHrwcyGQ0jV4rZtPtBbQKKzAfBgNVHSMEGDAWgBRaEkml6bUBRRTm26ccfWLk7VevOjAKBggqhkjOPQQDAgNHADBEAiBbQQIKgr2s+sr8LvtYoA7tPYKICiRrUEZiM/YUx2x8jgIgJsoIe0B9KgKqdxkyySCI1LcMTA7VCiFOtQBQvAWIEFc=';

const MANAGED = { tags: { 'managed-by': 'external-secrets' } };

/** The secret that Key Vault makes beside a certificate: a PKCS#12, which is another one each time that it is made. */
const PKCS12 = {
  value: { matches: 'MII[A-Za-z0-9+/]+=*' },
  contentType: 'application/x-pkcs12',
  managed: true,
  ...MANAGED,
};

/** What the operator made symmetric keys of. */
const REFUSED_KEYS = {
  'ps-060e': { 0: refused('key/signer') },
  'ps-060g': { 0: refused('key/signer') },
  'ps-060o': { 0: refused('key/signer') },
  'ps-060p': { 0: refused('key/signer') },
  'ps-060r': { 0: refused('key/signer') },
  'ps-060u': { 0: refused('key/signer') },
};

const OLD = version('old');
const HUNTER2 = version('hunter2');
const DB_RECOVERED: Fields = {
  requests: recovered('secrets', 'db-password', 'PUT /secrets/db-password'),
  ...secret('db-password', OLD, HUNTER2),
};

const FIRST = '44cddd2b6c809c2381ff9573ce88e113';

export const PUSH_DEVIATIONS: readonly Deviation[] = [
  {
    reason:
      'Tags, content type and expiry are changed in place. The operator writes a new version of the same value for ' +
      'content type and expiry, and never writes tags whose value has not changed.',
    cases: {
      'ps-046b': {
        0: {
          ...patched('/secrets/db-password', FIRST),
          ...secret('db-password', version('hunter2', { contentType: 'text/plain' })),
        },
      },
      'ps-046c': {
        0: {
          ...patched('/secrets/db-password', FIRST),
          ...secret('db-password', version('hunter2', { contentType: 'application/json' })),
        },
      },
      'ps-047': {
        1: {
          ...patched('/secrets/db-password', FIRST),
          ...secret('db-password', version('hunter2', { tags: { team: 'b', env: 'prod' } })),
        },
        2: secret(
          'db-password',
          version('hunter2', { tags: { team: 'b', env: 'prod' } }),
          version('correct horse', { tags: { team: 'b', env: 'prod' } }),
        ),
      },
      'ps-047b': {
        0: {
          ...patched('/secrets/db-password', FIRST),
          ...secret('db-password', version('hunter2', { tags: { team: 'a' } })),
        },
      },
      'ps-051h': {
        1: {
          ...patched('/secrets/db-password', FIRST),
          ...secret('db-password', version('hunter2', { exp: 4_070_822_400 })),
        },
      },
      'ps-061f': {
        0: {
          ...patched('/keys/signer', '4443963f08ccb24c48fa40416fa37264'),
          vault: {
            'kv-main': {
              keys: { signer: [{ ...RSA_IN_VAULT, tags: { 'managed-by': 'external-secrets', team: 'b' } }] },
            },
          },
        },
      },
      'ps-076b': {
        1: {
          ...patched('/secrets/foo', '3962d976615c6d1beceb2a4ea9c143ac'),
          ...secret('foo', version('hunter2', { tags: { a: 'b' } })),
        },
      },
      'ps-c07': {
        2: {
          ...patched('/secrets/db-password', FIRST),
          ...secret(
            'db-password',
            version('hunter2', { tags: { team: 'shop' }, exp: 4_086_460_800, contentType: 'application/octet-stream' }),
          ),
        },
      },
    },
  },
  {
    reason:
      'An expiry is a whole second, compared as one. The operator writes a new version at each refresh where the date ' +
      'has an offset, a fraction or lies after 2116, and a negative number after 2262. One that somebody set in the ' +
      'vault, and the manifest does not name, is left alone.',
    cases: {
      'ps-051c': { 1: UNTOUCHED },
      'ps-051d': { 0: secret('db-password', version('hunter2', { exp: 4_102_444_799 })), 1: UNTOUCHED },
      'ps-051g': { 0: secret('db-password', version('hunter2', { exp: 5_680_281_601 })), 1: UNTOUCHED },
      'ps-052': { 0: secret('db-password', version('hunter2', { exp: 253_402_300_799 })) },
      'ps-053b': { 0: UNTOUCHED },
    },
  },
  {
    reason: 'Tags that somebody else put on an object survive a write. The operator replaces all.',
    cases: {
      'ps-048': {
        0: secret(
          'db-password',
          version('old', { tags: { note: 'do not touch', team: 'b' } }),
          version('hunter2', { tags: { note: 'do not touch', team: 'a' } }),
        ),
      },
    },
  },
  {
    reason:
      'A property is one member of a JSON object, and entries of one object are one write. The operator ignores it: each ' +
      'entry overwrites the whole value, at every refresh, and removing one deletes the object.',
    cases: {
      'ps-056f': { 0: secret('app-config', version('{"config":"{\\"a\\":\\"1\\"}"}')) },
      'ps-057a': { 0: secret('app', version('{"a":"1","b":"2"}')), 1: UNTOUCHED },
      'ps-057b': { 0: secret('app', version('{"a":"1"}')) },
      'ps-066n': { 0: secret('app', version('{"a":"1","b":"2"}')) },
      'ps-074f': {
        0: secret('app', version('{"a":"1","b":"2"}')),
        1: {
          vault: {
            'kv-main': { secrets: { app: [version('{"a":"1","b":"2"}'), version('{"a":"1"}')] }, deleted: null },
          },
        },
        2: {
          status: { [PUSH]: { conditions: [SYNCED], refreshTime: 'set' } },
          events: [{ object: PUSH, type: 'Normal', reason: 'Synced' }],
        },
      },
      // A value that is no JSON object has no members, and is not replaced by one that has.
      'ps-076': {
        1: {
          status: {
            [PUSH]: {
              conditions: [ERRORED],
              syncedResourceVersion: '2-f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2',
              syncedPushSecrets: { [KV]: { 'foo/x': null, ...entry('password', 'foo') } },
            },
          },
          events: [{ object: PUSH, type: 'Warning', reason: 'Errored' }],
          ...UNTOUCHED,
        },
        2: {
          status: {
            [PUSH]: {
              syncedResourceVersion: '2-f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2',
              syncedPushSecrets: { [KV]: { 'foo/x': null, ...entry('password', 'foo') } },
            },
          },
        },
      },
    },
  },
  {
    reason:
      'Two that name one object are both refused before the first write, however they spell it. In the operator each ' +
      'writes its own value over the other one at every refresh.',
    cases: {
      'ps-057f': { 0: refused('app', 'secret/app'), 1: refused('app', 'secret/app') },
      'ps-093l': { 0: { ...notPushed([PUSH, 'PushSecret app/second'], ['db-password']), ...UNTOUCHED } },
    },
  },
  {
    reason:
      'What is wanted is counted over all selected Secrets before anything is deleted. The operator deletes with each ' +
      'Secret what the others pushed, and forgets what a selector that matches nothing any more has left behind.',
    cases: {
      'ps-072b': {
        1: {
          requests: ['GET /secrets/db-password/', 'DELETE /secrets/db-password'],
          vault: {
            'kv-main': { secrets: { 'db-password': GONE }, deleted: { secrets: { 'db-password': [HUNTER2] } } },
          },
        },
      },
      'ps-073': {
        1: {
          status: { [PUSH]: { conditions: [SYNCED], refreshTime: 'set' } },
          events: [{ object: PUSH, type: 'Normal', reason: 'Synced' }],
          requests: ['GET /secrets/a/', 'GET /secrets/b/'],
          ...UNTOUCHED,
        },
      },
    },
  },
  {
    reason:
      'A name that is deleted and recoverable is recovered where its tags say that it is ours, and then written. The ' +
      'operator fails until somebody purges it.',
    cases: {
      'ps-064': {
        0: { ...pushed(entry('password', 'db-password')), ...DB_RECOVERED },
        1: pushed(entry('password', 'db-password')),
      },
      'ps-064b': { 0: { ...pushed(entry('password', 'db-password')), ...DB_RECOVERED }, 1: UNTOUCHED },
      'ps-064c': {
        0: {
          ...pushed(entry('cert', 'cert/web')),
          requests: recovered('certificates', 'web', 'POST /certificates/web/import'),
          vault: {
            'kv-main': {
              certificates: {
                web: [
                  { cer: OTHER_LEAF, ...MANAGED },
                  { cer: LEAF, ...MANAGED },
                ],
              },
              secrets: { web: [PKCS12] },
            },
          },
        },
      },
      'ps-064k': {
        0: {
          ...pushed(entry('key', 'key/signer')),
          requests: recovered('keys', 'signer', 'PUT /keys/signer'),
          vault: {
            'kv-main': {
              keys: {
                signer: [
                  { ...RSA_DELETED, ...MANAGED },
                  { ...RSA_SENT, ...MANAGED },
                ],
              },
            },
          },
        },
      },
      'ps-066i': {
        0: {
          ...pushed(entry('password', 'db-password'), {
            ...SYNCED,
            message: 'PushSecret synced successfully. Existing secrets in providers unchanged.',
          }),
          ...DB_RECOVERED,
        },
      },
      'ps-c13': {
        2: {
          status: {
            [PUSH]: {
              conditions: [SYNCED],
              syncedResourceVersion: '4-f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2',
              syncedPushSecrets: { [KV]: entry('password', 'db-password') },
            },
          },
          events: [{ object: PUSH, type: 'Normal', reason: 'Synced' }],
          requests: ['GET /secrets/other/', ...recovered('secrets', 'db-password', 'PUT /secrets/db-password')],
          ...secret('db-password', HUNTER2, HUNTER2),
        },
        3: UNTOUCHED,
      },
    },
  },
  {
    reason:
      'One bad entry or store does not stop the others, and the status names what was pushed. The operator ends at the ' +
      'first failure.',
    cases: {
      'ps-074h': { 1: { requests: ['GET /secrets/app-b/'] } },
      'ps-081f': {
        0: {
          status: { [PUSH]: { syncedPushSecrets: { [KV]: entry('password', 'db-password') } } },
          requests: ['GET /secrets/db-password/', 'PUT /secrets/db-password'],
          ...secret('db-password', HUNTER2),
        },
      },
      'ps-086a': {
        0: {
          status: { [PUSH]: { syncedPushSecrets: { [KV]: entry('b', 'app-b') } } },
          requests: ['GET /secrets/app-a/', 'PUT /secrets/app-a', 'GET /secrets/app-b/', 'PUT /secrets/app-b'],
          ...secret('app-b', version('2')),
        },
      },
      'ps-f11': {
        0: {
          status: { [PUSH]: { syncedPushSecrets: { [KV]: entry('c', 'app-c') } } },
          requests: ['a', 'b', 'c'].flatMap((name) => [`GET /secrets/app-${name}/`, `PUT /secrets/app-${name}`]),
          ...secret('app-c', version('3')),
        },
      },
      'ps-089zm': {
        0: {
          status: { [PUSH]: { syncedPushSecrets: { [KV]: entry('db-user', 'db-user') } } },
          requests: [
            'GET /secrets/api-key/',
            'PUT /secrets/api-key',
            'GET /secrets/db-password/',
            'GET /secrets/db-user/',
            'PUT /secrets/db-user',
          ],
          ...secret('db-user', version('app')),
        },
      },
    },
  },
  {
    reason:
      'Bytes that are no text are refused, or written as Base64 where the PushSecret says so. The operator stores ' +
      'replacement characters, and writes them again at every refresh.',
    cases: {
      'ps-045h': { 0: refused('db-password'), 1: refused('db-password') },
      'ps-056b': { 0: refused('app-config'), 1: refused('app-config') },
    },
  },
  {
    reason:
      'A key that no vault takes is refused before a request. The operator makes a symmetric key of whatever is no PEM, ' +
      'which Key Vault refuses in the end; the recorded vault took any.',
    cases: REFUSED_KEYS,
  },
  {
    reason: 'An EC key that has not changed is not imported again. The operator imports it at every refresh.',
    cases: { 'ps-061b': { 1: UNTOUCHED }, 'ps-c03': { 1: UNTOUCHED } },
  },
  {
    reason: 'A certificate and its key in PEM are imported as PKCS#12. The operator sends what Key Vault cannot read.',
    cases: {
      'ps-058f2': {
        0: {
          ...pushed(entry('cert', 'cert/web')),
          vault: {
            'kv-main': { certificates: { web: [{ cer: LEAF, ...MANAGED }] }, secrets: { web: [PKCS12] } },
          },
        },
      },
    },
  },
  {
    reason: 'A failure is told in the condition and as an Event. The operator writes these to its log only.',
    cases: {
      'ps-088d': { 0: TOLD },
      'ps-088e': { 0: TOLD },
      'ps-088i': { 0: TOLD },
      'ps-088p': { 0: TOLD },
      'ps-088q': { 1: TOLD },
      'ps-092e': { 0: TOLD },
    },
  },
  {
    reason:
      'A store that is being deleted, or is gone, is not told to be valid. The operator says it again whenever anything ' +
      'happens to a PushSecret that names it.',
    cases: { 'ps-078': { 1: { events: [] }, 2: { events: [] } } },
  },
];
