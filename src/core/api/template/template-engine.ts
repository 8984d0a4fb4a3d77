/**
 * Templates of engine v1, which v1alpha1 has where nothing else is said, and nobody runs any more. Here engine v2 renders
 * them: most say the same in both. What does not is refused, so that no Secret changes by it.
 */
import type { ManifestDocument } from '../../model/document.ts';
import { fieldsOf } from '../../model/fields.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldProblem, type Subject } from '../check.ts';

/** Function of engine v1 → what to write for v2. ESO 0.4: the guides of both engines. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  base64decode: 'Write b64dec',
  base64encode: 'Write b64enc',
  fromJSON: 'Write fromJson',
  toJSON: 'Write toJson',
  toBytes: 'Leave it out, for values are texts there',
  pemPrivateKey: 'Leave it out, for keys are PEM already there',
  pemCertificate: 'Leave it out, for certificates are PEM already there',
  pkcs12key: 'It gives PEM there: leave pemPrivateKey out',
  pkcs12keyPass: 'It gives PEM there: leave pemPrivateKey out',
  pkcs12cert: 'It gives PEM there: leave pemCertificate out',
  pkcs12certPass: 'It gives PEM there: leave pemCertificate out',
};

const ACTION = /\{\{[\s\S]*?\}\}/gu;
const WORD = /[A-Za-z]\w*/gu;
const TEMPLATE: FieldPath = ['spec', 'target', 'template'];

export function templateEngineProblems(subject: Subject): readonly Problem[] {
  const template = oldTemplate(subject.document);
  const { labels, annotations } = fieldsOf(template['metadata']);
  return [
    ...Object.entries(fieldsOf(template['data'])).flatMap(([key, text]) => [
      ...plainText(subject, [...TEMPLATE, 'data', key], key),
      ...oldFunctions(subject, [...TEMPLATE, 'data', key], text),
    ]),
    ...Object.entries({ labels, annotations }).flatMap(([list, texts]) =>
      Object.entries(fieldsOf(texts)).flatMap(([name, text]) =>
        plainText(subject, [...TEMPLATE, 'metadata', list, name], text),
      ),
    ),
  ];
}

/** Nothing of one that says v2. */
function oldTemplate({ written }: ManifestDocument) {
  const spec = fieldsOf(fieldsOf(written?.value)['spec']);
  const template = fieldsOf(fieldsOf(spec['target'])['template']);
  const { engineVersion = 'v1' } = template;
  return engineVersion === 'v1' ? template : {};
}

function oldFunctions(subject: Subject, path: FieldPath, text: unknown): readonly Problem[] {
  const actions = typeof text === 'string' ? (text.match(ACTION) ?? []) : [];
  const words = actions.flatMap((action) => action.match(WORD) ?? []);
  const name = words.find((word) => Object.hasOwn(FUNCTIONS, word));
  if (name === undefined) return [];
  return [
    fieldProblem(subject, path, {
      code: 'template-engine-v1',
      what: `holds ${name} of template engine v1, and here engine v2 renders it`,
      fix: `${FUNCTIONS[name] ?? ''}; then say engineVersion: v2.`,
    }),
  ];
}

function plainText(subject: Subject, path: FieldPath, text: unknown): readonly Problem[] {
  if (typeof text !== 'string' || !text.includes('{{')) return [];
  return [
    fieldProblem(subject, path, {
      code: 'template-engine-v1',
      what: 'holds "{{", which engine v1 leaves as it is and engine v2 renders',
      fix: 'Write engineVersion: v2 if it is a template.',
    }),
  ];
}
