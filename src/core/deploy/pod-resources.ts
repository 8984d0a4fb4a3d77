/**
 * What the container asks for and may have, and the flags that keep Node's heap inside of it.
 *
 * A pass holds its intents, their Secrets and what was read for them: some 25 KiB for each ExternalSecret of three keys
 * beside the 130 MiB that Node, its code and its connections take (measured: docs/performance.md). What is not needed
 * any more stays until V8 collects it, and that is what the flags bound: a small young generation, and an old one that
 * leaves room for the rest.
 */
import { say, setting } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import { countOf, countText, type DeployedIntents } from './deployed-intents.ts';
import { MEBIBYTE, mebibytesText, readQuantity } from './quantity.ts';

/** As given; what is absent follows from the number of intents. */
export interface AskedResources {
  /** The limit. */
  readonly memory?: string;
  readonly memoryRequest?: string;
  readonly cpuLimit?: string;
  readonly cpuRequest?: string;
}

export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** Without a limit of CPU a pass takes what is free. */
  readonly limits: { readonly cpu?: string; readonly memory: string };
}

const CPU_REQUEST = '50m';
const LEAST_MEBIBYTES = 256;
/** As many intents fit into the least. */
const OF_THE_LEAST = 2_000;
const STEP = { intents: 1_000, mebibytes: 64 };
/** What a pass needs at the very least, with the collector at work all the time. */
const BARE = { mebibytes: 128, ofThousand: 32 };
/** Beside the old generation: the program itself, code, young generation, buffers, connections. */
const BESIDE_THE_HEAP_MEBIBYTES = 128;
const SMALLEST_HEAP_MEBIBYTES = 64;

/** Kubernetes refuses a request above its limit: the smaller of the two is asked for. */
export function resourcesOf(asked: AskedResources, intents: number): Resources {
  const derived = limitFor(intents);
  const memory = asked.memory ?? larger(mebibytesText(derived), asked.memoryRequest);
  const { cpuLimit } = asked;
  return {
    requests: {
      cpu: asked.cpuRequest ?? smaller(CPU_REQUEST, cpuLimit),
      memory: asked.memoryRequest ?? smaller(mebibytesText(derived / 2), memory),
    },
    limits: { ...(cpuLimit === undefined ? {} : { cpu: cpuLimit }), memory },
  };
}

/** For Node's command line or NODE_OPTIONS. */
export function heapFlags({ limits }: Resources): readonly string[] {
  const limit = Math.floor((readQuantity(limits.memory) ?? 0) / MEBIBYTE);
  const heap = Math.max(SMALLEST_HEAP_MEBIBYTES, limit - BESIDE_THE_HEAP_MEBIBYTES);
  return ['--max-semi-space-size=4', `--max-old-space-size=${heap}`];
}

/** A limit that was given, and that a pass over so many will not keep to. */
export function memoryProblems({ memory }: AskedResources, deployed: DeployedIntents): readonly Problem[] {
  const intents = countOf(deployed);
  const needed = BARE.mebibytes + BARE.ofThousand * Math.ceil(intents / 1_000);
  if (memory === undefined || (readQuantity(memory) ?? 0) >= needed * MEBIBYTE) return [];
  return [
    {
      severity: 'warning',
      code: 'little-memory',
      what: say`${setting('memory')} ${memory} is little for ${countText(deployed)}: a pass may be killed by its limit (OOMKilled)`,
      fix: `Give ${mebibytesText(limitFor(intents))}, or leave it out: then it follows from their number.`,
    },
  ];
}

function limitFor(intents: number): number {
  const more = Math.max(0, Math.ceil((intents - OF_THE_LEAST) / STEP.intents));
  return LEAST_MEBIBYTES + more * STEP.mebibytes;
}

function smaller(one: string, other: string | undefined): string {
  return other !== undefined && (readQuantity(other) ?? 0) < (readQuantity(one) ?? 0) ? other : one;
}

function larger(one: string, other: string | undefined): string {
  return other !== undefined && (readQuantity(other) ?? 0) > (readQuantity(one) ?? 0) ? other : one;
}
