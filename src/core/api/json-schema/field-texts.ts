/**
 * What each field of a manifest is for, in a sentence or two: what an editor shows beside it.
 *
 * By the end of its path, since many kinds have the same fields: the longest that fits counts, so that `target.name` goes
 * before `name`. More is said in docs/reference/manifests.
 */

const REMOTE_NAME = 'NAME, secret/NAME, cert/NAME or key/NAME.';
const RE2 = 'RE2, found anywhere in it.';

const TEXTS: Readonly<Record<string, string>> = {
  // every object
  apiVersion: 'Group and version.',
  kind: 'Which kind of object this is.',
  metadata: 'Name, namespace, labels and annotations.',
  'metadata.name': 'Name of the object.',
  'metadata.namespace': 'Its namespace; without one, the one that is given for all of them.',
  'metadata.annotations': 'Annotations; those under keyferry.dev/ are for Keyferry, and the operator passes over them.',
  labels: 'Labels.',
  annotations: 'Annotations.',
  spec: 'What is wanted.',
  status: 'Written by who carries it out; of no effect in a file.',
  controller: 'Which controller may serve it; others leave it alone.',

  // references
  secretStoreRef: 'The store that is read; an entry may name another one.',
  storeRef: 'A store; takes the place of the one that stands for all.',
  generatorRef: 'A generator, which makes the values.',
  sourceRef: 'Another source than spec.secretStoreRef: exactly one of storeRef and generatorRef.',
  'secretStoreRef.name': 'Name of the store.',
  'secretStoreRef.kind': 'SecretStore, the default, of the same namespace; or ClusterSecretStore.',
  'storeRef.name': 'Name of the store.',
  'storeRef.kind': 'SecretStore, the default, of the same namespace; or ClusterSecretStore.',
  'generatorRef.name': 'Name of the generator.',
  'generatorRef.kind': 'Kind of the generator.',
  name: 'Name of the object.',
  namespace: 'Its namespace; by default the one of what names it.',
  key: 'Key in it.',

  // when
  refreshPolicy: 'When it is refreshed: Periodic, the default; OnChange of the manifest; CreatedOnce.',
  refreshInterval: 'How often, with units: 30s, 15m, 1h30m; 1h by default. Days do not exist. "0": never by time.',
  syncWindows: 'When it may be refreshed by time, in UTC.',
  'syncWindows.kind': 'allow: only in these windows; deny: not in them.',
  windows: 'The windows.',
  schedule: 'When the window opens: minute, hour, day, month, weekday.',
  duration: 'How long it stays open, with units: 8h.',

  // the Secret
  target: 'The Secret that is made.',
  'target.name': "Name of the Secret; by default the ExternalSecret's own.",
  creationPolicy:
    'Owner, the default: the Secret belongs to this ExternalSecret. Orphan: it stays without it. Merge: keys are added to one that is there. CreateOrMerge: added, or made. None: no Secret.',
  'target.deletionPolicy':
    'When the vault has nothing any more: Retain, the default, keeps the Secret; Delete takes it away; Merge takes its keys away.',
  immutable: 'The Secret cannot be changed once it is there.',
  manifest: 'Another object than a Secret.',
  'manifest.apiVersion': 'Its group and version.',
  'manifest.kind': 'Its kind.',

  // template
  template: 'Makes the data out of what was read: templates of Go, with the functions of the operator.',
  type: 'Type of the Secret, Opaque by default; it cannot be changed afterwards.',
  engineVersion: 'v2; there is no other.',
  mergePolicy: 'Replace, the default: the Secret holds what the template makes. Merge: what was read as well.',
  'template.metadata': 'Labels, annotations and finalizers of the Secret, in the place of those of the manifest.',
  'template.metadata.labels': 'Labels of the Secret; values are templates.',
  'template.metadata.annotations': 'Annotations of the Secret; values are templates.',
  'template.metadata.finalizers': 'Finalizers; added, never removed.',
  'template.data': 'Key of the Secret → template of its value.',
  templateFrom: 'Templates that stand elsewhere.',
  'templateFrom.target': 'Data, the default, Labels or Annotations.',
  configMap: 'Templates in a ConfigMap.',
  'templateFrom.secret': 'Templates in a Secret.',
  literal: 'A template of keys and values, as YAML.',
  valuesDecodingStrategy: 'How values are decoded once they are rendered; None by default.',
  items: 'Which keys of it.',
  templateAs: 'Values, the default: the text is the value. KeysAndValues: it is YAML with both.',

  // sources
  data: 'One key of the Secret for each entry.',
  secretKey: 'Key of the Secret: letters, digits, "-", "_" and ".".',
  remoteRef: 'What is read in the vault.',
  'remoteRef.key': REMOTE_NAME,
  'extract.key': REMOTE_NAME,
  property: 'A part of the value, as a gjson path; the whole by default.',
  version: 'A version of the object; the latest by default.',
  metadataPolicy: 'Fetch: tags and times in the place of the value.',
  conversionStrategy: 'What happens to characters that no key of a Secret may have: Default or Unicode.',
  decodingStrategy: 'How the value is decoded: None, the default, Base64, Base64URL or Auto.',
  nullBytePolicy: 'Fail: a value with a null byte is refused. Ignore is the default.',
  dataFrom: 'Several keys of the Secret for each entry: one of extract, find and a generator.',
  extract: 'The members of a JSON object.',
  find: 'All secrets of the vault whose name or tags fit.',
  'find.path': 'Of no effect: Key Vault has no paths.',
  'find.name': 'By name.',
  'find.name.regexp': `Pattern of the name: ${RE2}`,
  'find.tags': 'By tags: all of them, with equal values.',
  rewrite: 'Steps that change the keys, one after the other; each is one of regexp, transform and merge.',
  'rewrite.regexp': 'Replaces what a pattern finds in the key.',
  'regexp.source': `Pattern: ${RE2}`,
  'regexp.target': 'What stands in its place; $1 and ${1} are groups.',
  transform: 'Makes the key out of a template.',
  'transform.template': 'A template; .value is the key.',
  merge: 'Takes JSON objects apart, or together.',
  into: 'With strategy JSON: the key that holds the object.',
  priority: 'Which keys come first where two have a member of the same name.',
  priorityPolicy: 'Strict, the default: a key of priority must be there. IgnoreNotFound.',
  conflictPolicy: 'Error, the default, or Ignore: when two have a member of the same name.',
  strategy: 'Extract, the default: each member becomes a key. JSON: one key holds all.',

  // stores
  conditions: 'Which namespaces may use a ClusterSecretStore: any of these; without them all.',
  namespaceSelector: 'By labels of the namespace.',
  namespaces: 'By name.',
  namespaceRegexes: `By pattern of the name: ${RE2}`,
  matchLabels: 'All of these labels, with equal values.',
  matchExpressions: 'All of these conditions.',
  'matchExpressions.key': 'Key of the label.',
  operator: 'In, NotIn, Exists or DoesNotExist.',
  values: 'With In and NotIn: the values.',
  provider: 'Where the values are: exactly one of these.',
  azurekv: 'A vault of Azure Key Vault.',
  vaultUrl: 'Address of the vault: https://NAME.vault.azure.net.',
  authType: 'ServicePrincipal, the default; ManagedIdentity; WorkloadIdentity.',
  'azurekv.tenantId': 'Id of the Entra tenant, or a domain of it.',
  environmentType: 'The cloud; PublicCloud by default. AzureStackCloud needs customCloudConfig.',
  authSecretRef: 'With ServicePrincipal: clientId, and one of clientSecret and clientCertificate.',
  'authSecretRef.clientId': 'The key of a Secret that holds the client id.',
  'authSecretRef.tenantId': 'The key of a Secret that holds the tenant id.',
  clientSecret: 'The key of a Secret that holds the client secret.',
  clientCertificate: 'The key of a Secret that holds the certificate and its private key.',
  serviceAccountRef: 'With WorkloadIdentity: the ServiceAccount whose identity is used.',
  audiences: 'Further audiences of its token; api://AzureADTokenExchange is always one.',
  identityId: 'Client id of a managed identity, where there are several.',
  useAzureSDK: 'Of no effect: there is one engine here.',
  customCloudConfig: 'Addresses of a cloud of your own.',
  activeDirectoryEndpoint: 'Where tokens come from.',
  keyVaultEndpoint: 'For whom tokens are.',
  keyVaultDNSSuffix: 'What names of vaults end with.',
  resourceManagerEndpoint: 'Address of its Resource Manager.',
  fake: 'Values that stand in the manifest; for tests.',
  'fake.data': 'What it holds.',
  'data.value': 'The value.',
  'data.valueMap': 'Not supported: write value, with a JSON object as text.',
  'data.key': 'Name of the value.',
  'data.version': 'A version of it.',
  validationResult: 'Of no effect.',
  retrySettings: 'Of no effect: requests are repeated as the vault asks.',
  'SecretStore.spec.refreshInterval': 'How often the operator checks the store; of no effect here.',
  'ClusterSecretStore.spec.refreshInterval': 'How often the operator checks the store; of no effect here.',

  // the other direction
  secretStoreRefs: 'The stores that are written to.',
  'secretStoreRefs.name': 'Name of the store.',
  'secretStoreRefs.kind': 'SecretStore, the default, of the same namespace; or ClusterSecretStore.',
  labelSelector: 'Stores by their labels, in the place of a name.',
  updatePolicy: 'Replace, the default; IfNotExists leaves alone what is there.',
  deletionPolicy:
    'When an entry or the manifest goes: None, the default, leaves the vault alone; Delete takes away what it wrote.',
  selector: 'What is pushed: exactly one of secret and generatorRef.',
  secret: 'A Secret.',
  'secret.selector': 'Secrets by their labels, in the place of a name.',
  'PushSecret.spec.data': 'One entry for each object of the vault.',
  'PushSecret.spec.template': 'Makes what is pushed out of the keys of the Secret.',
  'pushSecretSpec.template': 'Makes what is pushed out of the keys of the Secret.',
  'pushSecretSpec.data': 'One entry for each object of the vault.',
  match: 'Which keys.',
  'match.secretKey': 'Key of the Secret; without it the whole Secret, as a JSON object.',
  'match.remoteRef': 'Where it goes in the vault.',
  'match.remoteRef.property': 'A member of the JSON object that a secret holds; the others stay.',
  'match.regexp': `Pattern of the keys: ${RE2}`,
  remoteKey: REMOTE_NAME,
  'dataTo.remoteKey': 'All keys as one JSON object; without it one object for each key.',
  dataTo: 'All keys that fit, without naming each.',
  'data.metadata': 'PushSecretMetadata: content type, expiry and tags of the vault object.',
  'dataTo.metadata': 'PushSecretMetadata: content type, expiry and tags of the vault objects.',
  'data.conversionStrategy': 'ReverseUnicode: _Uxxxx_ in a key becomes the character.',
  'dataTo.conversionStrategy': 'ReverseUnicode: _Uxxxx_ in a key becomes the character.',

  // one for each namespace
  pushSecretSpec: 'The spec of the PushSecrets.',
  pushSecretName: 'Name of the PushSecrets; by default its own.',
  pushSecretMetadata: 'Labels and annotations of the PushSecrets.',
  namespaceSelectors: 'Which namespaces: any of these; [] none, [{}] all.',
  refreshTime: 'How often the namespaces are looked at.',
};

/** `path` from the root of a manifest of that kind, as `spec.dataFrom[].find`; none for an entry of a list, and for what has no text. */
export function fieldTextOf(kind: string, path: string): string | undefined {
  if (path === '' || path.endsWith('[]')) return undefined;
  const steps = [kind, ...path.replaceAll('[]', '').split('.')];
  const ends = steps.map((_step, index) => steps.slice(index).join('.'));
  return ends.map((end) => (Object.hasOwn(TEXTS, end) ? TEXTS[end] : undefined)).find((text) => text !== undefined);
}
