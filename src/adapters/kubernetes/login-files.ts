/**
 * The files that a kubeconfig names beside itself: client-node reads each whole, and holds the process while it does. So
 * what stands there is looked at before; that nothing does is for the login to tell.
 */
import { statSync } from 'node:fs';
import type { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { fieldsOf } from '../../core/model/fields.ts';
import { PortError } from '../../ports/errors.ts';

const LARGEST_BYTES = 10_000_000;

/** Those that are read as soon as the text is. Rejects nothing: a text that is no YAML is no kubeconfig either. */
export function refuseTokenFiles(text: string, kubeconfig: string): void {
  for (const user of usersIn(text))
    refuseEndless('token-file', fieldsOf(fieldsOf(user)['user'])['token-file'], kubeconfig);
}

/** Authorities, certificates and keys, by absolute paths. */
export function refuseEndlessFiles({ clusters, users }: KubeConfig, kubeconfig: string): void {
  for (const { caFile } of clusters) refuseEndless('certificate-authority', caFile, kubeconfig);
  for (const { certFile, keyFile, authProvider } of users) {
    refuseEndless('client-certificate', certFile, kubeconfig);
    refuseEndless('client-key', keyFile, kubeconfig);
    refuseEndless('auth-provider', fieldsOf(fieldsOf(authProvider)['config'])['tokenFile'], kubeconfig);
  }
}

function usersIn(text: string): readonly unknown[] {
  try {
    const { users } = fieldsOf(parse(text));
    return Array.isArray(users) ? users : [];
  } catch {
    return [];
  }
}

function refuseEndless(field: string, path: unknown, kubeconfig: string): void {
  const found = typeof path === 'string' && path !== '' ? statSync(path, { throwIfNoEntry: false }) : undefined;
  if (found === undefined || found.isDirectory() || (found.isFile() && found.size <= LARGEST_BYTES)) return;
  const what = found.isFile()
    ? `has ${found.size} bytes, more than the ${LARGEST_BYTES} that it may have`
    : 'is a device, pipe or socket, which is not read';
  throw new PortError({
    kind: 'Invalid',
    code: 'Kubeconfig',
    whole: true,
    what: `the file ${String(path)}, which ${kubeconfig} names in ${field}, ${what}`,
    fix: 'Name the file itself there.',
  });
}
