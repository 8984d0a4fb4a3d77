#!/usr/bin/env bash
# node.sh COMMAND…   runs COMMAND beside a fresh Kubernetes of one node, in mount, process and network namespaces of
# their own; COMMAND's status is this one's. No process, mount or cgroup stays behind, also after a failure or Ctrl-C;
# where this script itself is killed, the folders of cgroups stay until the next run.
#   BINARIES   folder with the programs of Kubernetes and etcd
#   IMAGES     archives of the images that the node has
# Started by run.sh, which sees to it that there is one at a time.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# A fixed place, so that what a killed run left is found by the next.
export SCRATCH=/var/tmp/keyferry-node CGROUP=keyferry-node
logs=${XDG_CACHE_HOME:-$HOME/.cache}/keyferry-test-node/logs
# Paths that kubelet, containerd and the plugins insist on; each is hidden behind an empty one.
export HIDDEN='/var/lib/kubelet /var/lib/cni /var/log/containers /run/containerd /run/netns /etc/cni'
made=()

cgroups() {
  find /sys/fs/cgroup -maxdepth 2 -type d -name "$CGROUP"
}

remove_cgroups() {
  local folder tries
  for tries in $(seq 100); do
    for folder in $(cgroups); do find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true; done
    [ -n "$(cgroups)" ] || return 0
    sleep .1
  done
  echo "test/node: $(cgroups | tr '\n' ' ')could not be removed after $tries tries" >&2
}

# The kubelet wants its root there in every hierarchy (one in cgroup v2).
make_cgroups() {
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    mkdir "/sys/fs/cgroup/$CGROUP"
    return
  fi
  local hierarchy
  for hierarchy in /sys/fs/cgroup/*/; do
    [ -L "${hierarchy%/}" ] || [ ! -e "$hierarchy/cgroup.procs" ] || mkdir "$hierarchy/$CGROUP"
  done
}

clean() {
  local status=$? folder
  trap - EXIT INT TERM HUP
  # Ends process 1 of the namespace with it, and so everything in it.
  if [ -n "${node:-}" ]; then kill -KILL "$node" 2>/dev/null && wait "$node" 2>/dev/null || true; fi
  remove_cgroups
  if [ "$status" != 0 ] && [ -d "$SCRATCH/log" ]; then
    rm -rf "$logs" && mkdir -p "$logs" && cp "$SCRATCH"/log/* "$logs"
    echo "test/node: ended with $status; the logs of the node are in $logs" >&2
  fi
  rm -rf "$SCRATCH"
  for folder in "${made[@]}"; do rmdir "$folder" 2>/dev/null || true; done
  exit "$status"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

remove_cgroups
rm -rf "$SCRATCH"
mkdir -p "$SCRATCH"
make_cgroups
for folder in $HIDDEN; do
  [ -d "$folder" ] || { mkdir -p "$folder" && made+=("$folder"); }
done
# In the background, so that a signal is acted on at once. Should this shell be killed itself, the node goes with it.
setpriv --pdeathsig KILL unshare --mount --propagation private --net --pid --fork --kill-child --mount-proc \
  bash "$here/start.sh" "$@" <&0 &
node=$!
wait "$node"
