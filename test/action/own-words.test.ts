/** What a step says of settings and commands: never as a command line, which nobody can give there. */
import { describe, expect, it } from '@jest/globals';
import { inWordsOfTheAction } from '../../src/action/input-table.ts';
import { command, say, setting } from '../../src/core/model/message.ts';

describe('inWordsOfTheAction', () => {
  it.each([
    [
      say`Wait, or start it with ${command('status', { setting: 'refresh' })}.`,
      'Wait, or start it with command: status with refresh: true.',
    ],
    [
      say`Deploy it with ${command('deploy', { setting: 'filename', short: 'f', placeholder: 'MANIFESTS' })}.`,
      'Deploy it with command: deploy with manifests.',
    ],
    [
      say`Go on: ${command('resume', { setting: 'installation', value: 'b' }, { setting: 'installation-namespace', value: 'shop' })}.`,
      'Go on: command: resume with installation: b and installation-namespace: shop.',
    ],
    [say`or look with ${command('status')}.`, 'or look with command: status.'],
    [say`Give ${setting('filename')} or ${setting('force')}.`, 'Give the input manifests or the input force.'],
    ['CronJob shop/keyferry: status unknown', 'CronJob shop/keyferry: status unknown'],
    ['kubectl logs keyferry status --previous', 'kubectl logs keyferry status --previous'],
  ])('says %j as inputs', (message, own) => {
    expect(inWordsOfTheAction(message)).toBe(own);
  });
});
