/** `npm run check:size`: the bundles of build/ against their limits. Prints every size; fails with those that are over. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packEngine } from '../src/wiring/pack-engine.ts';
import { BUILD, BUNDLES, type Bundle } from './bundles.ts';

interface Sizes {
  readonly files: readonly string[];
  readonly bytes: number;
  readonly packed: number;
}

async function sizesOf({ name }: Bundle): Promise<Sizes> {
  const files = (await readdir(join(BUILD, name))).sort();
  const contents = await Promise.all(files.map((file) => readFile(join(BUILD, name, file))));
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    files,
    bytes: sum(contents.map((content) => content.length)),
    packed: sum(contents.map((content) => packEngine(content).packed.length)),
  };
}

function faultsOf(bundle: Bundle, { files, bytes, packed }: Sizes): readonly string[] {
  const { name, largestBytes = Infinity, largestPackedBytes = Infinity, oneChunk } = bundle;
  const chunks = files.filter((file) => file.endsWith('.js'));
  return [
    ...(bytes > largestBytes ? [`${name} has ${bytes} bytes, over the limit of ${largestBytes}.`] : []),
    ...(packed > largestPackedBytes
      ? [`${name} has ${packed} bytes packed, over the limit of ${largestPackedBytes}.`]
      : []),
    ...(oneChunk && chunks.length > 1 ? [`${name} must be one file, and is ${chunks.join(', ')}.`] : []),
  ];
}

for (const bundle of BUNDLES) {
  const sizes = await sizesOf(bundle);
  const { bytes, packed, files } = sizes;
  process.stdout.write(`${bundle.name.padEnd(8)}${bytes} bytes, ${packed} packed, ${files.length} files\n`);
  for (const fault of faultsOf(bundle, sizes)) {
    process.stderr.write(`error  ${fault} Find out what came in (ncc build … --stats-out), or take it out.\n`);
    process.exitCode = 1;
  }
}
