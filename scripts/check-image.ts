/**
 * `npm run check:image`: builds the job's image twice, as two people would, and looks at it: the same bytes, nobody's
 * user, nothing beside the job on top of its base. Needs buildah; without it, it says so and ends well.
 */
import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ImageStore, type BuiltImage } from '../test/node/container-images.ts';
import { BUILD, LICENSES, ROOT } from './bundles.ts';

const run = promisify(execFile);
const BASE = 'localhost/node24:1';
/** What a node has to fetch beside an image that many pods share. */
const LARGEST_LAYER_BYTES = 1_000_000;

interface Facts {
  readonly user: string;
  readonly entrypoint: readonly string[];
  /** Compressed, of the layers that are not the base's. */
  readonly layerBytes: readonly number[];
}

/** Later, and in files that are hers alone. */
async function contextOfAnother(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-context-'));
  await cp(BUILD, folder, { recursive: true });
  for (const file of ['job/index.js', 'job/package.json', LICENSES]) {
    const path = join(folder, file);
    await chmod(path, 0o600);
    await utimes(path, 2_000_000_000, 2_000_000_000);
    if (process.getuid?.() === 0) await chown(path, 1234, 1234);
  }
  return folder;
}

interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

interface Config {
  readonly config: { readonly User?: string; readonly Entrypoint?: readonly string[] };
}

/** OCI: index.json → the list of platforms → an image's manifest → its configuration. */
async function factsOf({ archive, digest }: BuiltImage): Promise<Facts> {
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-archive-'));
  try {
    await run('tar', ['-C', folder, '-xf', archive]);
    const blob = async (of: string) =>
      JSON.parse(await readFile(join(folder, 'blobs', of.replace(':', '/')), 'utf8')) as unknown;
    const list = (await blob(digest)) as { readonly manifests: readonly [Descriptor] };
    const { config, layers } = (await blob(list.manifests[0].digest)) as Manifest;
    const { User = '', Entrypoint = [] } = ((await blob(config.digest)) as Config).config;
    return { user: User, entrypoint: Entrypoint, layerBytes: layers.slice(1).map(({ size }) => size) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function faultsOf(first: BuiltImage, second: BuiltImage, { user, entrypoint, layerBytes }: Facts): readonly string[] {
  const largest = Math.max(...layerBytes);
  return [
    ...(first.digest === second.digest ? [] : [`Two builds differ: ${first.digest} and ${second.digest}.`]),
    ...(/^[1-9]\d*:[1-9]\d*$/u.test(user) ? [] : [`Its user is "${user}", not the number of one that is not root.`]),
    ...(entrypoint.join(' ') === 'node /keyferry/index.js' ? [] : [`It runs "${entrypoint.join(' ')}".`]),
    ...(layerBytes.length === 1 ? [] : [`It has ${layerBytes.length} layers on top of its base, not one.`]),
    ...(largest <= LARGEST_LAYER_BYTES
      ? []
      : [`Its layer has ${largest} bytes, over the limit of ${LARGEST_LAYER_BYTES}.`]),
  ];
}

/** The stand-in for a stock image of Node 24, since no registry is asked. */
async function baseArchive(): Promise<string> {
  const env = { ...process.env, BINARIES: '' };
  return (await run('bash', [join(ROOT, 'test/node/images.sh')], { env })).stdout.trim();
}

async function check(): Promise<readonly string[]> {
  const store = await ImageStore.create([await baseArchive()]);
  const another = await contextOfAnother();
  try {
    const [first, second] = [await store.build(BASE, BUILD), await store.build(BASE, another)];
    const facts = await factsOf(first);
    process.stdout.write(`image   ${first.digest}, user ${facts.user}, layer ${facts.layerBytes.join(', ')} bytes\n`);
    return faultsOf(first, second, facts);
  } finally {
    await store.remove();
    await rm(another, { recursive: true });
  }
}

const hasBuildah = await run('buildah', ['--version']).then(
  () => true,
  () => false,
);
if (!hasBuildah) process.stdout.write('check:image: left out, there is no buildah\n');
for (const fault of hasBuildah ? await check() : []) {
  process.stderr.write(`error  ${fault}\n`);
  process.exitCode = 1;
}
