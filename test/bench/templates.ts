/**
 * `npm run bench:template`: renders per second, beside what the operator's engine was measured to need.
 *
 * Cold = parsed and executed, as the operator does for every key in every refresh; warm = parsed once.
 */
import { FUNCTIONS } from '../../src/core/template/functions/index.ts';
import { parseTemplate, type Template } from '../../src/core/template/template.ts';
import { TemplateProblem } from '../../src/core/template/template-problem.ts';
import { fromUtf8, stringMapOf } from '../../src/core/template/values.ts';
import { TEMPLATE_ENVIRONMENT } from '../builders/template-environment.ts';

const APP = {
  host: 'db.example.com',
  port: '5432',
  database: 'orders',
  user: 'svc-orders',
  password: 'p@ss"w0rd\\x',
  sslmode: 'verify-full',
  redisHost: 'cache.example.com',
  redisPassword: 'r3d1s',
  features: 'Alpha, Beta, Gamma',
  ca: '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----',
};

interface Benchmark {
  readonly name: string;
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
  /** Bytes of the result, so that nothing else is measured by mistake. */
  readonly size: number;
  /** CPU time of the operator's engine for one render, in microseconds: Go 1.26 on linux/amd64. */
  readonly operatorUs: readonly [number, number];
}

const BENCHMARKS: readonly Benchmark[] = [
  { name: 'plain', text: '{{ .password }}', data: APP, size: 11, operatorUs: [147, 172] },
  {
    name: 'docker',
    text: '{"auths":{"{{ .registry }}":{"username":"{{ .user }}","password":"{{ .password }}","auth":"{{ printf "%s:%s" .user .password | b64enc }}"}}}',
    data: { registry: 'registry.example.com', user: 'bot', password: 's3cr3t' },
    size: 99,
    operatorUs: [157, 203],
  },
  {
    name: 'app',
    text: `spring:
  datasource:
    url: jdbc:postgresql://{{ .host }}:{{ .port }}/{{ .database }}?sslmode={{ .sslmode | default "require" }}
    username: {{ .user | quote }}
    password: {{ .password | quote }}
  redis:
    host: {{ .redisHost }}
    password: {{ .redisPassword | quote }}
{{- if eq .sslmode "verify-full" }}
  ssl:
    ca: |
{{ .ca | indent 6 }}
{{- end }}
features:
{{- range $i, $f := splitList "," .features }}
  - name: {{ $f | trim | lower }}
    index: {{ $i }}
{{- end }}
auth: {{ printf "%s:%s" .user .password | b64enc }}
fingerprint: {{ sha256sum .password | trunc 12 }}
settings: {{ dict "host" .host "port" (int .port) "tls" true | toJson }}
`,
    data: APP,
    size: 530,
    operatorUs: [242, 321],
  },
  {
    name: 'env',
    text: '{{ range $k, $v := . }}{{ $k | upper | replace "-" "_" }}={{ $v | quote }}\n{{ end }}',
    data: APP,
    size: 269,
    operatorUs: [197, 255],
  },
  {
    name: 'large',
    text: '{{ range $i := until 4000 }}{{ printf "%05d" $i }} {{ $.user }}@{{ $.host }}:{{ $.port }}/{{ $.database }} {{ $.password | b64enc }}\n{{ end }}',
    data: APP,
    size: 244_000,
    operatorUs: [20_300, 26_300],
  },
];

const ROUNDS = 5;
const ROUND_MS = 300;

function measure({ name, text, data, size, operatorUs }: Benchmark): string {
  const values = stringMapOf(Object.entries(data).map(([key, value]) => [fromUtf8(key), fromUtf8(value)]));
  const parse = (): Template => {
    const template = parseTemplate('key', fromUtf8(text), FUNCTIONS);
    if (template instanceof TemplateProblem) throw new Error(template.message);
    return template;
  };
  const execute = (template: Template): void => {
    const result = template.execute(values, { environment: TEMPLATE_ENVIRONMENT, missingKey: 'error' });
    if (typeof result !== 'string' || result.length !== size) throw new Error(`${name} does not give ${size} bytes`);
  };
  const once = parse();
  const cold = perSecond(() => execute(parse()));
  const warm = perSecond(() => execute(once));
  const operator = operatorUs.map((us) => Math.round(1_000_000 / us)).reverse();
  return [
    name.padEnd(8),
    rate(cold),
    rate(warm),
    operator.map((value) => value.toLocaleString('en')).join(' to '),
  ].join('  ');
}

/** The best of some rounds, as the machine may be busy with other work. */
function perSecond(act: () => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < ROUND_MS) {
      act();
      count += 1;
    }
    return (count * 1000) / (performance.now() - start);
  });
  return Math.max(...rounds);
}

function rate(value: number): string {
  return Math.round(value).toLocaleString('en').padStart(12);
}

const lines = [
  'renders per second: the best of five rounds; the operator by its CPU time',
  `${'template'.padEnd(8)}  ${'cold'.padStart(12)}  ${'parsed once'.padStart(12)}  operator`,
  ...BENCHMARKS.map(measure),
];
process.stdout.write(`${lines.join('\n')}\n`);
