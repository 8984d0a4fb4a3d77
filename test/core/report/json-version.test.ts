/** Every JSON says which version of the format it is in one way. */
import { describe, expect, it } from '@jest/globals';
import { deploymentAsJson } from '../../../src/core/report/deployment.ts';
import { statusAsJson } from '../../../src/core/report/status.ts';

const INSTALLED = { installation: 'shop/keyferry', cluster: 'cluster shop-prd', problems: [] };

describe('the JSON of a deployment', () => {
  it('says its version first, as that of a plan does', () => {
    expect(JSON.parse(deploymentAsJson({ ...INSTALLED, command: 'deploy', objects: [] }))).toEqual({
      version: 1,
      command: 'deploy',
      ...INSTALLED,
      objects: [],
    });
  });
});

describe('the JSON of status', () => {
  it('tells its own version from that of the installation', () => {
    const report = { ...INSTALLED, version: '0.1.0', schedule: '0 * * * *', suspended: false, rows: [] };
    expect(JSON.parse(statusAsJson(report))).toEqual({
      version: 1,
      ...INSTALLED,
      installedVersion: '0.1.0',
      schedule: '0 * * * *',
      suspended: false,
      rows: [],
    });
  });
});
