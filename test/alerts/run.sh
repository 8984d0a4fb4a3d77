#!/usr/bin/env bash
# npm run test:alerts: the alerts of docs/guides/monitoring.md in Prometheus' own parser and engine, built with Go.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v go >/dev/null; then
  echo 'test/alerts: left out, there is no Go to build Prometheus with'
  exit 0
fi
# Not from the cache, which does not see that the manual has changed.
exec go test -count=1 ./...
