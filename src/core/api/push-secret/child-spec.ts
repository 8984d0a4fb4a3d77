/** A PushSecret's spec with the defaults of its definition, as an API server keeps it. ESO 2.9: the CRD. */
import { formatDuration } from '../../go/duration.ts';
import { fieldsOf, isRecord, type Fields } from '../../model/fields.ts';
import { intervalOf } from '../intent-head.ts';

type Defaulting = (value: Fields) => Fields;

/** `spec` was checked. What it says stands; a duration becomes Go's text of it. */
export function childSpecOf(spec: Fields): Fields {
  const { refreshInterval, secretStoreRefs, data, dataTo, template } = spec;
  return present({
    updatePolicy: 'Replace',
    deletionPolicy: 'None',
    ...spec,
    refreshInterval: formatDuration(intervalOf(typeof refreshInterval === 'string' ? refreshInterval : undefined)),
    secretStoreRefs: each(secretStoreRefs, storeRef),
    data: each(data, entry),
    dataTo: each(dataTo, (one) => ({ ...entry(one), storeRef: within(one['storeRef'], storeRef) })),
    template: within(template, templateSpec),
  });
}

function storeRef(ref: Fields): Fields {
  return { kind: 'SecretStore', ...ref };
}

function entry(written: Fields): Fields {
  return { conversionStrategy: 'None', ...written };
}

function templateSpec(written: Fields): Fields {
  const templateFrom = each(written['templateFrom'], (one) => ({
    target: 'Data',
    ...one,
    configMap: within(one['configMap'], templateSource),
    secret: within(one['secret'], templateSource),
  }));
  return { engineVersion: 'v2', mergePolicy: 'Replace', ...written, templateFrom };
}

function templateSource(written: Fields): Fields {
  return { ...written, items: each(written['items'], (item) => ({ templateAs: 'Values', ...item })) };
}

function each(list: unknown, defaulting: Defaulting): readonly Fields[] | undefined {
  return Array.isArray(list) ? list.map((one) => defaulting(fieldsOf(one))) : undefined;
}

function within(value: unknown, defaulting: Defaulting): Fields | undefined {
  return isRecord(value) ? defaulting(value) : undefined;
}

/** Without members that are absent or null, at any depth: an API server keeps neither. */
function present(value: Fields): Fields {
  const kept = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  return Object.fromEntries(kept.map(([name, one]) => [name, presentIn(one)]));
}

function presentIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(presentIn);
  return isRecord(value) ? present(value) : value;
}
