/**
 * `npm run bench:memory`: the peak memory of the built job over N ExternalSecrets in ConfigMaps, with the heap flags of
 * its pods or without, a first pass and one in which nothing changed. What `core/deploy/memory.ts` is made from.
 *
 * `--sizes 1000,5000`, `--refs 3` (keys of each), `--heap 160` (old space in MiB; 0 = no flags at all).
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { intentsConfig } from '../../src/core/deploy/intents-config.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { LOOPBACK_TOKEN, LoopbackApiServer } from '../bundle/loopback-api-server.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { NAMESPACE, vaultContent, VAULT_OBJECTS } from './load.ts';

const JOB = resolve(import.meta.dirname, '../../build/job/index.js');
const INSTALLATION = { name: 'keyferry', namespace: NAMESPACE };
/** Prints what the process took when it ends; its own output goes elsewhere. */
const AT_THE_END = `process.on('exit',()=>{const u=process.resourceUsage();require('node:fs').writeFileSync(process.env.FIGURES,JSON.stringify([u.maxRSS,u.userCPUTime+u.systemCPUTime]))})`;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,3000,5000' },
    refs: { type: 'string', default: '3' },
    heap: { type: 'string', default: '0' },
  },
});

function manifests(count: number, refs: number): string {
  const intents = Array.from({ length: count }, (_, number) =>
    externalSecret(`es-${number}`, {
      data: Array.from({ length: refs }, (_none, ref) => ({
        secretKey: `value-${ref}`,
        remoteRef: { key: `object-${(number + ref) % VAULT_OBJECTS}` },
      })),
    }),
  );
  return yaml(STORE, ...intents);
}

function put(server: LoopbackApiServer, path: string, object: object): Promise<void> {
  return new Promise((done, failed) => {
    const options = {
      method: 'PUT',
      ca: server.authority,
      headers: { authorization: `Bearer ${LOOPBACK_TOKEN}`, 'content-type': 'application/json' },
    };
    request(`https://127.0.0.1:${server.port}${path}`, options, (answer) => answer.resume().on('end', done))
      .on('error', failed)
      .end(JSON.stringify(object));
  });
}

async function pass(folder: string, azure: LoopbackAzure): Promise<string> {
  const [preload, figures] = [join(folder, 'at-the-end.cjs'), join(folder, 'figures')];
  await writeFile(preload, AT_THE_END);
  const heap = Number(values.heap);
  const flags = heap === 0 ? [] : ['--max-semi-space-size=4', `--max-old-space-size=${heap}`];
  const child = spawn(process.execPath, [...flags, '--require', preload, JOB], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...azure.environment(),
      FIGURES: figures,
      HOME: folder,
      KEYFERRY_AZURE_CLIENT_ID: MANAGED_CLIENT_ID,
      KEYFERRY_AZURE_TENANT_ID: TENANT_ID,
      KEYFERRY_HOME: 'config-maps',
      KEYFERRY_INSTALLATION: INSTALLATION.name,
      KEYFERRY_INSTALLATION_NAMESPACE: NAMESPACE,
      KEYFERRY_KUBECONFIG: join(folder, 'kubeconfig'),
      KEYFERRY_DUE: 'false',
      KEYFERRY_TERMINATION_LOG: join(folder, 'termination-log'),
    },
  });
  let last = '';
  const keep = (chunk: Buffer) => (last = `${last}${chunk.toString()}`.slice(-600));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((ended) => child.on('close', ended));
  if (code !== 0) return `exit code ${String(code)}: ${last.trim().split('\n').slice(-2).join(' ')}`;
  const [peak = 0, cpu = 0] = JSON.parse(await readFile(figures, 'utf8')) as readonly number[];
  return `${Math.round(peak / 1024)} MiB, ${(cpu / 1e6).toFixed(1)} CPU s`;
}

async function measure(count: number, azure: LoopbackAzure): Promise<void> {
  const server = await LoopbackApiServer.start();
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-memory-'));
  try {
    await writeFile(join(folder, 'kubeconfig'), server.kubeconfig());
    const { documents } = parseDocuments('manifests.yaml', manifests(count, Number(values.refs)));
    for (const configMap of intentsConfig(documents, INSTALLATION).configMaps) {
      await put(server, `/api/v1/namespaces/${NAMESPACE}/configmaps/${configMap.metadata.name}`, configMap);
    }
    for (const which of ['first', 'nothing changed']) {
      process.stdout.write(`${count} x ${values.refs}, heap ${values.heap}, ${which}: ${await pass(folder, azure)}\n`);
    }
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}

const azure = await startLoopbackAzure({ vaults: vaultContent() });
for (const size of values.sizes.split(',')) await measure(Number(size), azure);
await azure.close();
