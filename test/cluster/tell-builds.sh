# shellcheck shell=bash
# Sourced by what calls build.sh: each program that it builds is a line on standard error when its turn comes, for the
# whole takes minutes. Not in build.sh itself, whose text is part of the name of its cache.
go() {
  if [ "${1:-}" = build ]; then
    local arg before='' name=
    for arg in "$@"; do
      [ "$before" != -o ] || name=$(basename "$arg")
      before=$arg
    done
    case $name in
      etcd) echo 'test/cluster: builds etcd from its Go sources (1 of 3; all of them once, some 7 minutes on two idle cores, 200 MB in ~/.cache)' >&2 ;;
      hyperkube) echo 'test/cluster: builds kube-apiserver, kube-controller-manager, kube-scheduler, kubelet, kubectl (2 of 3; the longest)' >&2 ;;
      pause) echo 'test/cluster: builds pause (3 of 3)' >&2 ;;
    esac
  fi
  command go "$@"
}
export -f go
