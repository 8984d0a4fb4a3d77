/** Functions for semantic versions. sprig, over Masterminds/semver. */
import { declare, type TemplateFunction } from '../function-table.ts';
import { satisfies } from './semver/constraint.ts';
import { parseVersion } from './semver/version.ts';
import { GoVersion } from './semver/version-value.ts';

export const versionFunctions: readonly TemplateFunction[] = [
  declare({
    name: 'semver',
    signature: 'func(string) (*semver.Version, error)',
    source: 'sprig',
    summary: 'The version of a text, with Major, Minor, Patch, Prerelease, Metadata, Original and Compare.',
    example: { template: '{{ (semver "v1.2.3-beta.1").Minor }}', prints: '2' },
    call: (_runtime, text) => new GoVersion(parseVersion(text), 'ptr'),
  }),
  declare({
    name: 'semverCompare',
    signature: 'func(string, string) (bool, error)',
    source: 'sprig',
    summary: 'Says whether a version keeps a constraint.',
    example: { template: '{{ semverCompare "^1.2.0" "1.4.7" }}', prints: 'true' },
    call: ({ spend }, constraint, version) => {
      // Its pattern may look at every part of a constraint again and again.
      spend(constraint.length ** 2);
      return satisfies(constraint, version);
    },
  }),
];
