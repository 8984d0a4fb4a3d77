#!/usr/bin/env bash
# npm run bench [-- --sizes 100,1000 --json FILE]: builds the bundles, and the programs of an API server where Go is there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

node scripts/build.ts --if-stale
if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
  export KEYFERRY_TEST_BINARIES=$KUBEBUILDER_ASSETS
elif command -v go >/dev/null; then
  KEYFERRY_TEST_BINARIES=$(test/cluster/build.sh)
  export KEYFERRY_TEST_BINARIES
fi
exec node test/bench/main.ts "$@"
