/**
 * Whatever a template is, it gives a result or a Problem: never an exception, never a hang.
 *
 * FUZZ_RUNS sets how many templates are tried; a failure prints the template.
 */
import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { join } from 'node:path';
import type { TemplateEnvironment } from '../../src/core/template/runtime.ts';
import { FUNCTIONS } from '../../src/core/template/functions/index.ts';
import { DEFAULT_LIMITS } from '../../src/core/template/limits.ts';
import { parseTemplate } from '../../src/core/template/template.ts';
import { TemplateProblem } from '../../src/core/template/template-problem.ts';
import { stringMapOf } from '../../src/core/template/values.ts';
import { loadTemplateCases, templateText, templateValues } from '../conformance/template/load.ts';
import { FakeRandom } from '../fakes/fake-random.ts';
import { runs } from './fuzz-runs.ts';

/** Small, so that many templates can be tried. */
const LIMITS = { ...DEFAULT_LIMITS, maxSteps: 5_000, maxOutput: 200_000, maxWork: 1_000_000 };

const random = new FakeRandom();
const keys = new Map<string, Uint8Array>();

/** Each kind of key is made once: making keys is not what is tried here. */
const ENVIRONMENT: TemplateEnvironment = {
  nowNanoseconds: () => 1_767_225_600_000_000_000n,
  randomBytes: (count) => random.bytes(count),
  generatePrivateKey: (request) => {
    const kind = request.type === 'rsa' ? ({ type: 'rsa', bits: 2048 } as const) : request;
    const key = keys.get(JSON.stringify(kind)) ?? random.privateKey(kind);
    keys.set(JSON.stringify(kind), key);
    return key;
  },
};

const DATA: readonly (readonly [string, string])[] = [
  ['a', 'text'],
  ['b', '\xff\x00bytes'],
  ['j', '{"n":1,"l":[1,"x",null],"o":{"k":"v"}}'],
  ['empty', ''],
];

/** Functions that are slow by design, with what is expected of a template that calls them elsewhere. */
const SLOW =
  /\b(?:bcrypt|htpasswd|derivePassword|genPrivateKey|gen(?:CA|SelfSigned|Signed)\w*|pkcs12\w*|\w*[tT]oP(?:kcs12|KCS12)\w*)\b/;

const { cases } = loadTemplateCases(join(import.meta.dirname, '../conformance/cases/template'));
const corpus = cases.map((loaded) => templateText(loaded.case)).filter((text) => text !== '' && !SLOW.test(text));

const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array).toString('latin1'));

const pieces = fc.constantFrom(
  ...['{{', '}}', '{{-', '-}}', '(', ')', '|', ' ', '.', '$', '$x', ':=', '=', ',', '"s"', '`r`', "'c'", 'nil', 'true'],
  ...['1', '-1', '0x1p4', '9223372036854775807', '1e308', '1i', '.a', '.j', '$.b', '/*', '*/', '\n', 'é', '\xff'],
  ...['if', 'else', 'end', 'range', 'with', 'define "t"', 'template "t"', 'block "t" .', 'break', 'continue'],
  ...[...FUNCTIONS.keys()].filter((name) => !SLOW.test(name)),
  ...['printf', 'print', 'index', 'eq', 'lt', 'and', 'or', 'not', 'len', 'call', 'html', 'js', 'urlquery'],
);

const soup = fc.array(pieces, { maxLength: 24 }).map((parts) => `{{ ${parts.join(' ')} }}`);

/** A recorded template with some of its bytes cut, replaced or taken from another. */
const mutated = fc
  .tuple(fc.constantFrom(...corpus), fc.constantFrom(...corpus), fc.nat(200), fc.nat(40), bytes, fc.boolean())
  .map(([text, other, at, length, insert, crosses]) => {
    const place = at % (text.length + 1);
    const middle = crosses ? other.slice(at % other.length, (at % other.length) + length) : insert.slice(0, 4);
    return text.slice(0, place) + middle + text.slice(place + (length % 8));
  });

describe('any template', () => {
  it.each([
    ['random bytes', bytes],
    ['bytes inside an action', bytes.map((text) => `{{ ${text} }}`)],
    ['words of the language', soup],
    ['mutations of the recorded cases', mutated],
  ])('gives a result or a Problem: %s', (_name, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = outcomeOf(text);
        return typeof result === 'string' || result instanceof TemplateProblem;
      }),
      runs(1 / 4),
    );
  });
});

/** Cases whose data are archives, keys, certificates and documents: what is wrong in them must stay an error. */
const inputs = cases.filter(({ case: one }) => Object.keys(one.dataFixtures).length > 0 || /yaml|json/i.test(one.id));

const damaged = fc
  .tuple(fc.constantFrom(...inputs), fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 4 }))
  .map(([loaded, edits]) => {
    const data = [...templateValues(loaded)].map(([key, value]) => [key, damage(value, edits)] as const);
    return { text: templateText(loaded.case), data };
  });

/** Changes some bytes; of a base64 text those that it stands for, so that it still can be decoded. */
function damage(value: string, edits: readonly (readonly [number, number])[]): string {
  const isEncoded = value.length > 100 && /^[A-Za-z0-9+/]+={0,2}$/.test(value);
  const raw = Buffer.from(value, isEncoded ? 'base64' : 'latin1');
  for (const [at, byte] of edits) if (raw.length > 0) raw[at % raw.length] = byte;
  return raw.toString(isEncoded ? 'base64' : 'latin1');
}

describe('any data', () => {
  it('gives a result or a Problem, whatever is broken in archives, keys, certificates and documents', () => {
    fc.assert(
      fc.property(damaged, ({ text, data }) => {
        const result = outcomeOf(text, data);
        return typeof result === 'string' || result instanceof TemplateProblem;
      }),
      runs(1 / 20),
    );
  });
});

/** Values that are shared many times over: whoever walks them meets them as often as there are ways to them. */
const SHARED =
  '{{ $l := list 1 "a" }}{{ $m := list 1 "a" }}{{ $d := dict "k" "v" }}{{ $e := dict "k" "v" }}{{ range until 45 }}' +
  '{{ $l = list $l $l }}{{ $m = list $m $m }}{{ $d = dict "a" $d "b" $d }}{{ $e = dict "a" $e "b" $e }}{{ end }}';

const all = [
  ...FUNCTIONS.keys(),
  'printf',
  'print',
  'println',
  'index',
  'eq',
  'ne',
  'lt',
  'len',
  'html',
  'js',
  'urlquery',
];
const shared = fc
  .tuple(
    fc.constantFrom(...all),
    fc.array(
      fc.constantFrom('$l', '$m', '$d', '$e', '(list $l $m)', '(dict "x" $d "y" $e)', '"%v%s"', '1', '.j', '.big'),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
  )
  .map(([name, args]) => `${SHARED}{{ $x := ${name} ${args.join(' ')} }}`);

/** What a run would be deaf for: far over what a hundredth of the limits takes. */
const MOST_CPU_MS = 3_000;

describe('any function', () => {
  it('meets a limit soon, however often the values that it is given are shared, and however long they are', () => {
    const data = [...DATA, ['big', 'ab c\n'.repeat(40_000)] as const];
    fc.assert(
      fc.property(shared, (text) => {
        const before = process.cpuUsage();
        const result = outcomeOf(text, data);
        const { user, system } = process.cpuUsage(before);
        return (
          (typeof result === 'string' || result instanceof TemplateProblem) && (user + system) / 1000 < MOST_CPU_MS
        );
      }),
      runs(1 / 3),
    );
  });
});

function outcomeOf(text: string, data: Iterable<readonly [string, string]> = DATA): unknown {
  const template = parseTemplate('key', text, FUNCTIONS);
  if (template instanceof TemplateProblem) return template;
  return template.execute(stringMapOf(data), { environment: ENVIRONMENT, missingKey: 'error', limits: LIMITS });
}
