#!/usr/bin/env bash
# What the machine runs: containerd and the kubelet, each started again whenever it ends, as systemd does it for their
# units (Restart=always). The kubelet counts on that: it ends where containerd does not answer yet, and containerd opens
# its socket before it answers.
# To be started in a session of its own: whoever kills everything in that session pulls the plug (machine.ts).
#   SCRATCH   the folder that start.sh has filled; BINARIES and PATH as there
set -u
log=$SCRATCH/log

# keep NAME PROGRAM…
keep() {
  local name=$1
  shift
  while :; do
    "$@" >>"$log/$name.log" 2>&1
    echo "machine: $name ended with $?, it is started again" >>"$log/$name.log"
    sleep .2
  done
}

keep containerd containerd --config "$SCRATCH/containerd.toml" &
keep kubelet kubelet --config "$SCRATCH/kubelet.yaml" --kubeconfig "$SCRATCH/kubelet.kubeconfig" \
  --root-dir "$SCRATCH/kubelet" --cert-dir "$SCRATCH/pki/kubelet" --hostname-override 127.0.0.1 &
wait
