/** Every builder in one import. */
export * from './fetched.ts';
export * from './intent.ts';
export * from './live-secret.ts';
export * from './sync-state.ts';
export * from './push.ts';
