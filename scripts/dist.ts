/** `npm run build:dist`: copies the fresh bundles of build/ to dist/, which is committed and which `uses:` runs. */
import { cp, rm } from 'node:fs/promises';
import { BUILD, DIST } from './bundles.ts';

await rm(DIST, { recursive: true, force: true });
await cp(BUILD, DIST, { recursive: true });
