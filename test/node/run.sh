#!/usr/bin/env bash
# npm run test:node [-- jest arguments]   the tests that need a node: a real Kubernetes that runs containers.
# npm run demo:deploy                     an installation in that node, from deploy to uninstall
# npm run test:node -- --shell            the same node with a shell in it, to look around; it ends with the shell.
#   KUBEBUILDER_ASSETS   a folder with all the programs of PROGRAMS; else they are built with Go, once, into a cache
# Needs root on a Debian-like Linux. What is missing is installed, or the tests are left out with one line that says why.
# Each step that takes a while, or changes the machine, is a line on standard error before it begins.
set -euo pipefail
# sudo gives a PATH of its own, without the places where Go often is.
PATH=$PATH:/usr/local/go/bin:/usr/lib/go/bin:/snap/bin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

PROGRAMS='kube-apiserver etcd kube-controller-manager kube-scheduler kubelet kubectl pause'
PACKAGES='containerd runc containernetworking-plugins buildah openssl iproute2'

left_out() {
  echo "test/node: left out, $1"
  exit 0
}

say() {
  echo "test/node: $1" >&2
}

has_everything() {
  command -v containerd ctr runc buildah openssl ip >/dev/null && "$here/plugins.sh" >/dev/null
}

install_packages() {
  command -v apt-get >/dev/null || return 1
  export DEBIAN_FRONTEND=noninteractive
  # Not one of their services may start: the tests start their own.
  # shellcheck disable=SC2086 # a list
  { apt-get -qq update && RUNLEVEL=1 apt-get -qq install -y --no-install-recommends $PACKAGES; } >/dev/null 2>&1
}

programs_in() {
  local name
  for name in $PROGRAMS; do [ -x "$1/$name" ] || return 1; done
}

# Namespaces, mounts and cgroups of its own: a container's root may not have them, or no file system to lay images on.
may_isolate() {
  local scratch status=0 hierarchy=/sys/fs/cgroup/memory
  [ ! -e /sys/fs/cgroup/cgroup.controllers ] || hierarchy=/sys/fs/cgroup
  scratch=$(mktemp -d /var/tmp/keyferry-node-XXXXXX)
  mkdir "$scratch"/{lower,upper,work,merged}
  # shellcheck disable=SC2016 # for the inner shell
  unshare --mount --propagation private --net --pid --fork --mount-proc bash -c 'cd "$1" && [ -w "$2" ] &&
    mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged' - "$scratch" "$hierarchy" \
    2>/dev/null || status=1
  rm -rf "$scratch"
  return $status
}

[ "$(uname -s)" = Linux ] || left_out 'they need Linux'
[ "$(id -u)" = 0 ] || left_out 'they need root: sudo env "PATH=$PATH" npm run …, so that Node and Go are found'
may_isolate || left_out 'root may not make namespaces, overlay mounts and cgroups here'
if [ -n "${KUBEBUILDER_ASSETS:-}" ] && programs_in "$KUBEBUILDER_ASSETS"; then
  binaries=$KUBEBUILDER_ASSETS
else
  command -v go >/dev/null || left_out "there is neither Go nor a KUBEBUILDER_ASSETS with $PROGRAMS"
fi

# One node on a machine: it has a fixed name among the cgroups. All that is started inherits the lock.
exec 9>/var/tmp/keyferry-node.lock
flock --nonblock 9 || { echo 'test/node: waits for another node on this machine to end' >&2 && flock 9; }

if ! has_everything; then
  say "installs with apt-get, about a minute: $PACKAGES"
  { install_packages && has_everything; } ||
    left_out "these packages are missing and could not be installed: $PACKAGES"
fi

# shellcheck source=test/cluster/tell-builds.sh
. test/cluster/tell-builds.sh
BINARIES=${binaries:-$(test/cluster/build.sh)}
export BINARIES
IMAGES=$("$here/images.sh")
export IMAGES
if [ "${1:-}" = --shell ]; then exec "$here/node.sh" bash; fi
say 'builds the command line and the job where the sources are newer, about a minute'
node scripts/build.ts --if-stale
say 'starts a Kubernetes of one node, half a minute'
if [ "${1:-}" = --demo ]; then exec "$here/node.sh" node scripts/demo-deploy.ts; fi
exec "$here/node.sh" node --experimental-vm-modules --disable-warning=ExperimentalWarning \
  node_modules/jest/bin/jest.js --config test/node/jest.config.js "$@"
