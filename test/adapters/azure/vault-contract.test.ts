/** Key Vault behind its adapter does what the fake of the engine tests does. */
import { describeVault } from '../../contract/vault-contract.ts';
import { useLoopback } from './loopback.ts';

const { azure, run } = useLoopback({ vaults: { 'kv-shop': {} } });

const EMPTY = Object.fromEntries(['secret', 'key', 'cert', 'new', 'db', 'site'].map((name) => [name, null]));
const ALL = { secrets: EMPTY, keys: EMPTY, certificates: EMPTY };

describeVault({
  name: 'Azure Key Vault',
  open: async () => {
    azure().vaults.configure('kv-shop', { deletionDelayMs: 0, recoveryDelayMs: 0 });
    azure().vaults.edit({ 'kv-shop': { ...ALL, deleted: ALL } });
    return await run().open();
  },
});
