import { describe, expect, it } from '@jest/globals';
import { posix, win32 } from 'node:path';
import { withSlashes } from '../../../src/core/model/origin.ts';

describe('withSlashes', () => {
  it.each([
    ['deploy\\secrets\\a.yaml', 'deploy/secrets/a.yaml'],
    ['D:\\a\\shop\\deploy/a.yaml', 'D:/a/shop/deploy/a.yaml'],
    ['\\\\server\\share\\a.yaml', '//server/share/a.yaml'],
  ])('gives the path %s of Windows as other systems would', (path, expected) => {
    expect(withSlashes(path, win32.sep)).toBe(expected);
  });

  it('leaves a backslash alone where it is part of a name', () => {
    expect(withSlashes('deploy/a\\b.yaml', posix.sep)).toBe('deploy/a\\b.yaml');
  });
});
