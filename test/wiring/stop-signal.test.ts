import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { stopOnSignals } from '../../src/wiring/stop-signal.ts';

function listening() {
  const source = new EventEmitter();
  return { source, stop: stopOnSignals(source as unknown as NodeJS.Process) };
}

describe('stopOnSignals', () => {
  it('asks for nothing while no signal comes', () => {
    const { stop } = listening();
    expect({ aborted: stop.signal.aborted, code: stop.exitCode() }).toEqual({ aborted: false, code: undefined });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGBREAK', 149],
  ])('asks to stop at %s, with exit code %i', (name, code) => {
    const { source, stop } = listening();
    source.emit(name);
    expect({ aborted: stop.signal.aborted, code: stop.exitCode() }).toEqual({ aborted: true, code });
  });

  it('listens once, so that the same signal again ends the process', () => {
    const { source } = listening();
    source.emit('SIGTERM');
    expect(source.listenerCount('SIGTERM')).toBe(0);
  });

  it('keeps the code of the first signal', () => {
    const { source, stop } = listening();
    source.emit('SIGINT');
    source.emit('SIGTERM');
    expect(stop.exitCode()).toBe(130);
  });
});
