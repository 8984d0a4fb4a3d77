/** Which type a scalar of YAML has. Source of the rules: go-yaml, which follows YAML 1.1 with its `yes` and `off`. */
import { say, shown } from '../../message.ts';
import { parseFloat64, parseInteger, parseUnsigned } from '../../strconv/parse-number.ts';
import type { GoString } from '../../values.ts';
import { decodeBase64 } from '../text/base64.ts';
import { parseTime } from '../time/parse-time.ts';
import type { ScalarNode } from './node.ts';
import { yamlProblem } from './problem.ts';
import { isUnsigned, type YamlScalar } from './value.ts';
import { recovering } from '../failing.ts';

type Kind = 'str' | 'bool' | 'int' | 'float' | 'null' | 'timestamp';

export interface Resolved {
  readonly kind: Kind;
  readonly value: YamlScalar;
}

const STANDARD = 'tag:yaml.org,2002:';
/** Tags that a text must fit. What other tags say is not looked at. */
const CHECKED_TAGS = new Set([
  '',
  ...['str', 'bool', 'int', 'float', 'null', 'timestamp'].map((kind) => STANDARD + kind),
]);

const words = (kind: Kind, value: YamlScalar, texts: string): (readonly [string, Resolved])[] =>
  texts.split(' ').map((text) => [text, { kind, value }]);

const WORDS: ReadonlyMap<GoString, Resolved> = new Map([
  ...words('bool', true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words('bool', false, 'n N no No NO false False FALSE off Off OFF'),
  ...words('null', null, '~ null Null NULL'),
  ['', { kind: 'null', value: null }],
  ...words('float', NaN, '.nan .NaN .NAN'),
  ...words('float', Infinity, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words('float', -Infinity, '-.inf -.Inf -.INF'),
]);

/** The value of a scalar; throws go-yaml's text when it does not fit its tag. */
export function resolveScalar({ tag, text, isImplicit }: ScalarNode): YamlScalar {
  if (tag === '' && !isImplicit) return text;
  if (tag === `${STANDARD}binary`) return decodeBinary(text);
  if (!CHECKED_TAGS.has(tag) || tag === `${STANDARD}str`) return text;
  const resolved = resolveText(text, tag === '' || tag === `${STANDARD}timestamp`);
  const wanted = tag.slice(STANDARD.length);
  if (wanted === '' || wanted === resolved.kind) return resolved.value;
  if (wanted === 'float' && resolved.kind === 'int' && !isUnsigned(resolved.value)) {
    return Number(resolved.value);
  }
  throw yamlProblem(say`cannot decode !!${shown(resolved.kind)} \`${text}\` as a !!${wanted}`);
}

function decodeBinary(text: GoString): GoString {
  const decoded = decodeBase64(text);
  if (decoded.errorAt !== undefined) throw yamlProblem(say`!!binary value contains invalid base64 data`);
  return decoded.text;
}

/** What a plain text stands for. Dates stay texts, but are none of the other types. */
export function resolveText(text: GoString, mayBeTimestamp = true): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const value = text.startsWith('.') ? parseFloat64(text) : undefined;
  if (value !== undefined) return { kind: 'float', value };
  if (!/^[-+0-9]/.test(text)) return { kind: 'str', value: text };
  if (mayBeTimestamp && isTimestamp(text)) return { kind: 'timestamp', value: text };
  return resolveNumber(text.replaceAll('_', '')) ?? { kind: 'str', value: text };
}

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function resolveNumber(text: GoString): Resolved | undefined {
  const whole = parseInteger(text) ?? parseUnsigned(text);
  if (whole !== undefined) return { kind: 'int', value: whole };
  const value = FLOAT.test(text) ? parseFloat64(text) : undefined;
  if (value !== undefined) return { kind: 'float', value };
  // go-yaml: behind `0b` there may be a sign.
  const signed = /^0b([-+][01]+)$/.exec(text)?.[1];
  const binary = signed === undefined ? undefined : parseInteger(signed.replace(/^[-+]/, '$&0b'));
  return binary === undefined ? undefined : { kind: 'int', value: binary };
}

const TIMESTAMP_LAYOUTS = [
  '2006-1-2T15:4:5.999999999Z07:00',
  '2006-1-2t15:4:5.999999999Z07:00',
  '2006-1-2 15:4:5.999999999',
  '2006-1-2',
];

function isTimestamp(text: GoString): boolean {
  return /^[0-9]{4}-/.test(text) && TIMESTAMP_LAYOUTS.some((layout) => canParse(layout, text));
}

function canParse(layout: string, text: GoString): boolean {
  const parse = (): boolean => {
    parseTime(layout, text);
    return true;
  };
  return recovering(parse, () => false);
}
