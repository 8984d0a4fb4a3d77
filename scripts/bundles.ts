/** The three bundles: where they come from, where they go, and how large they may be. */
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');
/** Fresh bundles, for tests; never committed. */
export const BUILD = join(ROOT, 'build');
/** The bundles that `uses:` runs; committed by themselves, at the end of a piece of work. */
export const DIST = join(ROOT, 'dist');
export const LICENSES = 'LICENSES.txt';

export interface Bundle {
  readonly name: 'action' | 'job' | 'cli';
  /** Compiled entry. */
  readonly entry: string;
  /**
   * True for the job alone, which travels in a ConfigMap. The others stay readable: their size costs nothing that
   * anybody notices, and a reviewer can compare them with the sources.
   */
  readonly minified: boolean;
  /** Of all its files together. */
  readonly largestBytes?: number;
  /** As the ConfigMap holds it. */
  readonly largestPackedBytes?: number;
  /** Packages that are left out: what they are for cannot happen there. */
  readonly without: readonly string[];
  /** True where everything must be in one file. */
  readonly oneChunk: boolean;
}

export const BUNDLES: readonly Bundle[] = [
  {
    name: 'action',
    entry: 'lib/src/action/main.js',
    minified: false,
    largestBytes: 9_400_000,
    without: [],
    oneChunk: false,
  },
  // Kubernetes: a ConfigMap holds at most 1 MiB. What is left is for growth that nobody should have to hurry for.
  // A pod logs in with its own token: no OIDC login and no cloud's helper of a kubeconfig, no SOCKS proxy before it.
  // undici has its parser of HTTP twice, once for machines without SIMD: Node 24 runs on none of x64 or arm64 that lacks it.
  {
    name: 'job',
    entry: 'lib/job/main.js',
    minified: true,
    largestPackedBytes: 800_000,
    without: ['openid-client', 'jsonpath-plus', 'socks-proxy-agent', 'socks', '../llhttp/llhttp-wasm.js'],
    oneChunk: true,
  },
  {
    name: 'cli',
    entry: 'lib/src/cli/keyferry.js',
    minified: false,
    largestBytes: 9_000_000,
    without: [],
    oneChunk: false,
  },
];
