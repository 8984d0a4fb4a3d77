/** The page of the manual on releases of External Secrets Operator, from the table that `validate --for-operator` reads. */
import {
  DIFFERENCE_FACTS,
  FUNCTION_FACTS,
  KNOWN_RELEASES,
  NEWER_FACTS,
  VERSION_FACTS,
  type DifferenceFact,
  type Fact,
  type FactPlace,
  type FunctionFact,
  type NewerFact,
} from '../src/core/api/operator/facts.ts';

const PLACES: Readonly<Record<FactPlace, string>> = {
  pull: 'ExternalSecret',
  push: 'PushSecret',
  store: 'SecretStore',
  passwords: 'Password',
};

/** The whole page. No tables: a formatter would align them anew with every change. */
export function operatorReference(): string {
  const { first, measured, last } = KNOWN_RELEASES;
  const parts = [
    `# Releases of External Secrets Operator

<!-- Written by npm run docs from src/core/api/operator/facts.ts. Change the table, not this page. -->

What [\`validate --for-operator VERSION\`](../guides/local.md#for-the-operator-too) warns of: manifests that Keyferry carries out, and that this release would not, or otherwise. Known are the releases ${first} to ${last}: ${measured} by measure, older ones by its history, newer ones by their notes alone. [Differences](differences-from-eso.md) has what no manifest shows.`,
    '## Versions that are not served any more',
    ...VERSION_FACTS.map((row) => item(`\`${row.version}\` of kinds that have \`v1\`: since ${row.goneIn}`, row)),
    '## Fields and words that came later',
    ...NEWER_FACTS.map(newer),
    '## Functions of templates',
    ...FUNCTION_FACTS.map(ofFunction),
    '## What is done otherwise',
    ...DIFFERENCE_FACTS.map(difference),
    '## Annotations',
    `All under \`keyferry.dev/\` ([which](manifests/annotations.md)) but \`keyferry.dev/lenient-templates\`: no release knows them.`,
  ];
  return `${parts
    .join('\n\n')
    .replaceAll(/\n\n- /gu, '\n- ')
    .replaceAll(/(## [^\n]+)\n- /gu, '$1\n\n- ')}\n`;
}

function newer(row: NewerFact): string {
  const word = row.word === undefined ? '' : ` ${row.word}`;
  const isKnown = row.firstWith !== KNOWN_RELEASES.measured;
  const when = isKnown
    ? `since ${row.firstWith}`
    : `not in ${row.lastWithout} and older, in ${row.firstWith} certainly`;
  return item(`${PLACES[row.of]} \`${row.path}${word === '' ? '' : `:${word}`}\`: ${when}`, row);
}

function ofFunction(row: FunctionFact): string {
  const when = row.goneIn === undefined ? `since ${row.firstWith ?? ''}` : `not any more since ${row.goneIn}`;
  return item(`\`${row.name}\`: ${when}`, row);
}

function difference(row: DifferenceFact): string {
  return item(`${PLACES[row.of]} \`${row.path}\` ${row.what}`, row);
}

function item(text: string, { source }: Fact): string {
  return `- ${text} (${source.replace(/https:\/\/\S*[^\s,]/u, (url) => `[${shortOf(url)}](${url})`)})`;
}

/** `#7019`, `v0.17.0`. */
function shortOf(url: string): string {
  const end = url.split('/').at(-1) ?? url;
  return /^\d+$/u.test(end) ? `#${end}` : end;
}
