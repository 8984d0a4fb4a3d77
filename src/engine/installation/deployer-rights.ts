/**
 * Who may not even read the state of an installation has no RoleBinding in its namespace. The rule that was refused is
 * one of many that a deployment needs, and whoever added them one by one would deploy twenty times.
 */
import { messageText, say, setting } from '../../core/model/message.ts';
import { PortError } from '../../ports/errors.ts';

/** Rejects as `ask` does, but with the binding that gives all of it. */
export async function asDeployer<Result>(namespace: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PortError) || error.kind !== 'Forbidden' || !isOfKubernetes(error)) throw error;
    const { kind, what, whole, code } = error;
    const bind = `kubectl create rolebinding keyferry-deploys --clusterrole admin --user USER --namespace ${namespace}`;
    const fix = say`Whoever deploys needs the rights of an admin of that namespace, and is called USER here: ${bind}. Check ${setting('installation-namespace')} too.`;
    throw new PortError({ kind, what, whole, fix, cause: error, ...(code === undefined ? {} : { code }) });
  }
}

/** Where Azure decides, the message has the role of Azure, and a RoleBinding would not help. */
function isOfKubernetes({ fix }: PortError): boolean {
  return messageText(fix).includes('kubectl create ');
}
