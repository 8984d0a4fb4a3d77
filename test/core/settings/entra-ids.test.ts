import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../../src/core/model/problem.ts';
import { parseSettings } from '../../../src/core/settings/parse.ts';

const GUID = 'AAAAAAAA-0000-0000-0000-000000000001';
const RESOURCE =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shop';

function textsOf(flags: Readonly<Record<string, string | readonly string[]>>): readonly string[] {
  return parseSettings('sync', { filename: ['x'], ...flags }, {}).problems.map(problemText);
}

describe('an id of Entra', () => {
  it.each([
    [{ 'azure-client-id': GUID, 'azure-tenant-id': GUID, 'store-identities': [`shop/kv=${GUID}`] }],
    [{ 'azure-tenant-id': 'contoso.onmicrosoft.com' }],
  ])('may be %j', (flags) => {
    expect(textsOf(flags)).toEqual([]);
  });

  it.each([
    [
      { 'azure-client-id': RESOURCE },
      `--azure-client-id is the resource id of an identity, not its client id. Give what this prints: az identity show --ids "${RESOURCE}" --query clientId --output tsv.`,
    ],
    [
      { 'azure-client-id': `"${GUID}"` },
      '--azure-client-id has quotes around it. Leave them out, also in the variable.',
    ],
    [
      { 'azure-client-id': '${{ vars.AZURE_CLIENT_ID }}' },
      '--azure-client-id is an expression that was not expanded (${{ … }}). Expressions are expanded in a workflow itself, not in a file that a step reads; look at how it is quoted.',
    ],
    [
      { 'azure-tenant-id': '$AZURE_TENANT_ID' },
      '--azure-tenant-id is the name of a variable, and not what is in it. A variable of a shell is not one of a workflow: write ${{ vars.NAME }} there.',
    ],
    [
      { 'azure-client-id': 'id-shop' },
      '--azure-client-id is no client id: it has 7 characters, and not the form 00000000-0000-0000-0000-000000000000. Give what this prints: az identity show --name NAME --resource-group GROUP --query clientId --output tsv.',
    ],
    [
      { 'azure-tenant-id': 'contoso' },
      '--azure-tenant-id is no tenant id: it has 7 characters, and not the form 00000000-0000-0000-0000-000000000000, or a domain. Give what this prints: az account show --query tenantId --output tsv.',
    ],
    [
      { 'store-identities': ['shop/kv=id-shop'] },
      '--store-identities of shop/kv is no client id: it has 7 characters, and not the form 00000000-0000-0000-0000-000000000000. Give what this prints: az identity show --name NAME --resource-group GROUP --query clientId --output tsv.',
    ],
  ])('is refused before anything is asked: %j', (flags, expected) => {
    expect(textsOf(flags)).toEqual([expected]);
  });

  it('is not shown where it may be something else, as a secret', () => {
    expect(textsOf({ 'azure-client-id': 'q8Q~not-a-real-secret' }).join()).not.toContain('not-a-real-secret');
  });
});
