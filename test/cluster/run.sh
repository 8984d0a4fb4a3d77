#!/usr/bin/env bash
# npm run test:cluster [-- jest arguments]: the tests that need a real API server.
#   KUBEBUILDER_ASSETS   a folder with kube-apiserver and etcd (envtest's); else they are built with Go, once, into a cache
# Without both, the tests are left out, with one line that says so.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
  binaries=$KUBEBUILDER_ASSETS
elif command -v go >/dev/null; then
  # shellcheck source=test/cluster/tell-builds.sh
  . test/cluster/tell-builds.sh
  binaries=$("$here/build.sh")
else
  echo 'test/cluster: left out, there is neither KUBEBUILDER_ASSETS nor Go to build an API server with'
  exit 0
fi
node scripts/build.ts --if-stale
export KEYFERRY_TEST_BINARIES=$binaries
exec node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --config test/cluster/jest.config.js "$@"
