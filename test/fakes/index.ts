/** Every fake in one import. */
export * from './fake-clock.ts';
export * from './fake-random.ts';
export * from './in-memory-cluster.ts';
export * from './in-memory-finalizers.ts';
export * from './in-memory-fan-outs.ts';
export * from './in-memory-manifest-source.ts';
export * from './in-memory-state.ts';
export * from './recorders.ts';
export * from './in-memory-objects.ts';
export * from './in-memory-vault.ts';
export * from './shaky-state.ts';
