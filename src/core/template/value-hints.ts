/** What to do about failures that a value causes, not the template: patterns of Go's messages, from the special to the general. */
export interface ValueHint {
  readonly pattern: RegExp;
  readonly hint: string;
}

const LINE_ENDS =
  'If its line ends are lost, set it from a file (az keyvault secret set --file), or put | replace "\\\\n" "\\n" before it.';

export const VALUE_HINTS: readonly ValueHint[] = [
  {
    pattern: /pkcs12: private key missing/,
    hint: 'The archive holds certificates only: the key of a certificate must be exportable when it is issued.',
  },
  {
    pattern: /pkcs12: decryption password incorrect/,
    hint: 'Give the password of the archive: pkcs12keyPass, pkcs12certPass.',
  },
  {
    pattern: /unable to decode pkcs12.*pkcs12: error reading P12 data/,
    hint: 'The value is no archive as it is: | b64dec first, if it is in base64.',
  },
  {
    pattern: /unable to decode pkcs12/,
    hint: 'The archive is of a kind that is not read: make it anew with openssl pkcs12 -export.',
  },
  {
    pattern: /found junk|decode PEM block|unable to decode certificate|calling \w*(?:pem|Pem)\w*: runtime error/,
    hint: `The value is no PEM text. ${LINE_ENDS}`,
  },
  {
    pattern: /no leaf certificate found|found multiple leaf|constructing chain/,
    hint: 'The certificates in the value are not one chain: take out what is twice or belongs to another.',
  },
  { pattern: /it prints a value that is nil$/, hint: 'Give it a value with | default, or ask for it with if.' },
  {
    pattern: /error calling (?:b64dec|b32dec|hexdec): /,
    hint: 'Correct the value, or leave the function out where the value is not encoded.',
  },
  {
    pattern: /error calling (?:fromJson|mustFromJson): /,
    hint: 'Correct the value, or ask for it first: {{ with fromJson .key }}.',
  },
  { pattern: /error calling fromYaml: /, hint: 'Correct the value: it must be a YAML map.' },
  { pattern: /error calling filterPEM: no block/, hint: 'Correct the type; of a key it may be RSA PRIVATE KEY.' },
  { pattern: /error calling fail: /, hint: 'Correct the value; the template refuses this one by itself.' },
  { pattern: /error calling /, hint: 'Correct the value that it is given, or the template at that place.' },
];
