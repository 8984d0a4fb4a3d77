/** YAML from values and back. Source of the rules: ESO 2.9, whose functions go through sigs.k8s.io/yaml and JSON. */
import { declare, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { dictOf, type GoMap, type GoString, type GoValue } from '../values.ts';
import { writeJson } from './json/write.ts';
import { readYaml } from './yaml/read.ts';
import { readYamlMap } from './yaml/to-json.ts';
import { writeYaml } from './yaml/write.ts';
import { recovering } from './failing.ts';

export const yamlFunctions: readonly TemplateFunction[] = [
  declare({
    name: 'fromYaml',
    signature: 'func(string) map[string]interface {}',
    source: 'ESO',
    summary: 'The map that a YAML text holds; when it holds none, a map that tells why under the key Error.',
    example: { template: '{{ (fromYaml "port: 8080").port }}', prints: '8080' },
    call: fromYaml,
  }),
  declare({
    name: 'toYaml',
    signature: 'func(interface {}) string',
    source: 'ESO',
    summary: 'A value as YAML without the last line break; an empty text when it has none.',
    example: {
      template: '{{ dict "ports" (list 80 443) "name" "web" | toYaml }}',
      prints: 'name: web\nports:\n- 80\n- 443',
    },
    call: toYaml,
  }),
];

function fromYaml(runtime: TemplateRuntime, text: GoString): GoMap {
  return recovering(
    () => readYamlMap(text, runtime.spend),
    (what) => {
      runtime.passOver(what);
      return dictOf([['Error', what.revealExact()]]);
    },
  );
}

/**
 * By way of JSON that is read as YAML, as ESO does: what JSON can say and YAML cannot, such as most control characters
 * above U+007F, or a key of more than 1,024 characters, leaves nothing.
 */
function toYaml({ spend, passOver }: TemplateRuntime, value: GoValue): GoString {
  const write = (): GoString => {
    const json = writeJson(value, { escapesHtml: true, isPretty: false, spend });
    return writeYaml(readYaml(json, spend), spend).replace(/\n$/, '');
  };
  return recovering(write, (what) => {
    passOver(what);
    return '';
  });
}
