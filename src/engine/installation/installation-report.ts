/** What a command did to an installation, as its report. */
import type { DeploymentReport, HandledObject } from '../../core/report/deployment.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { Objects } from '../../ports/objects.ts';
import type { HandledRef } from './install.ts';

export interface ReportedCommand {
  readonly command: DeploymentReport['command'];
  readonly objects: Objects;
  /** Without a namespace where it is not known where the installation would be. */
  readonly installation: { readonly name: string; readonly namespace?: string | undefined };
}

export function installationReport(
  { command, objects, installation: { name, namespace } }: ReportedCommand,
  handled: readonly HandledObject[],
  problems: readonly Problem[],
): DeploymentReport {
  return {
    command,
    installation: namespace === undefined ? name : `${namespace}/${name}`,
    cluster: objects.description,
    objects: handled.map(({ object, outcome }) => ({ object, outcome })),
    problems,
  };
}

/** As reports name objects. */
export function handledObjects(handled: readonly HandledRef<HandledObject['outcome']>[]): readonly HandledObject[] {
  return handled.map(({ ref, outcome }) => ({ object: refText(ref), outcome }));
}
