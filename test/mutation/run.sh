#!/usr/bin/env bash
# npm run test:mutation [-- PART]: changes one expression at a time in what must never break, and asks the unit tests.
# A mutant that no test notices fails the run; one that means the same is marked at its line, with the reason:
#   // Stryker disable next-line MUTATOR: why nothing changes
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# What is changed, and the tests that are about it.
TARGETS='
src/core/plan/guards.ts                        test/core/plan/guards.test.ts
src/core/plan/mass-updates.ts                  test/core/plan/mass-updates.test.ts
src/core/plan/vault-mark.ts                    test/core/plan/vault-mark.test.ts
src/core/plan/pull/ownership.ts                     test/core/plan
src/core/transform/assemble-find.ts            test/core/transform
src/adapters/azure/key-vault.ts                test/adapters/azure/key-vault.test.ts test/adapters/azure/vault-failures.test.ts
src/adapters/kubernetes/secret-object.ts       test/adapters/kubernetes
src/adapters/node/redacting.ts                 test/adapters/node
src/action/workflow-masker.ts                  test/action
'
status=0
while read -r file tests; do
  [ -n "$file" ] && [[ $file == *"${1:-}"* ]] || continue
  echo "== $file"
  MUTATION_FILE=$file MUTATION_TESTS=$tests npx stryker run stryker.config.js || status=1
done <<<"$TARGETS"
exit $status
