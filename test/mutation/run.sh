#!/usr/bin/env bash
# npm run test:mutation [-- PART]: changes one expression at a time in what must never break, and asks the unit tests.
# A mutant that no test notices fails the run; one that means the same is marked at its line, with the reason:
#   // Stryker disable next-line MUTATOR: why nothing changes
# About 60 mutants a minute on two cores. PART is a part of a file's name.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# What is changed, and the tests that are about it.
TARGETS='
src/core/plan/guards.ts                        test/core/plan/guards.test.ts
src/core/plan/mass-updates.ts                  test/core/plan/mass-updates.test.ts
src/core/plan/vault-mark.ts                    test/core/plan/vault-mark.test.ts
src/core/plan/pull/ownership.ts                test/core/plan/ownership.test.ts
src/core/transform/assemble-find.ts            test/core/transform/assemble-find.test.ts
src/adapters/kubernetes/secret-object.ts       test/adapters/kubernetes/secret-object.test.ts
src/adapters/node/redacting.ts                 test/adapters/node/redacting.test.ts
src/action/workflow-masker.ts                  test/action/workflow-masker.test.ts
src/adapters/azure/key-vault.ts                test/adapters/azure/key-vault.test.ts test/adapters/azure/vault-failures.test.ts
src/adapters/azure/vault-object.ts             test/adapters/azure/vault-object.test.ts
'
# What Node compiles of jest itself is the same for every mutant.
export NODE_COMPILE_CACHE=$PWD/node_modules/.cache/keyferry-test
status=0
while read -r file tests; do
  [ -n "$file" ] && [[ $file == *"${1:-}"* ]] || continue
  echo "== $file"
  MUTATION_FILE=$file MUTATION_TESTS=$tests npx stryker run stryker.config.js </dev/null || status=1
done <<<"$TARGETS"
exit $status
