/** What the pods of installations of thousands may have. */
import { describe, expect, it } from '@jest/globals';
import { renderedPod } from '../wiring/rendered-pod.ts';

describe('what the container asks for and may have', () => {
  it('grows with the number of ExternalSecrets', async () => {
    expect((await renderedPod({}, 2_000)).container.resources).toMatchObject({ limits: { memory: '256Mi' } });
    expect((await renderedPod({}, 5_000)).container.resources).toEqual({
      requests: { cpu: '50m', memory: '224Mi' },
      limits: { memory: '448Mi' },
    });
  });

  it('is told where it is given and too little for them', async () => {
    expect((await renderedPod({ memory: '256Mi' }, 5_000)).warnings).toEqual([
      '--memory 256Mi is little for 5000 ExternalSecrets: a pass may be killed by its limit (OOMKilled). Give 448Mi, or leave it out: then it follows from their number.',
    ]);
    expect((await renderedPod({ memory: '256Mi' }, 1_000)).warnings).toEqual([]);
  });
});
