#!/usr/bin/env bash
# Builds the images that the node has from the beginning, and prints their archives: localhost/pause:1, which holds a
# pod's namespaces, and localhost/node24:1, which stands in for a stock image of Node 24, since no registry is asked.
# Kept in a cache by what they are made of, for a week: other checkouts may use theirs.
#   BINARIES   the folder with the program `pause`; without it, only the other image is made
set -euo pipefail
cache=${XDG_CACHE_HOME:-$HOME/.cache}/keyferry-test-node
node=$(readlink -f "$(command -v node)")
mkdir -p "$cache"

# A store of its own, so that none of the machine is touched; vfs and chroot work in containers too.
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/graph"\nrunroot = "%s/run"\n' "$store" "$store" >"$store/storage.conf"
export CONTAINERS_STORAGE_CONF=$store/storage.conf BUILDAH_ISOLATION=chroot

# name_of IMAGE FILE: the archive's place, which tells its content
name_of() {
  echo "$cache/$1-$(cat "$2" "${BASH_SOURCE[0]}" | sha256sum | cut -c1-12).tar"
}

# pack IMAGE ARCHIVE FOLDER CONFIG…: a folder → an archive with an image of one layer
pack() {
  local image=$1 archive=$2 folder=$3 container
  shift 3
  container=$(buildah from scratch)
  buildah copy --quiet "$container" "$folder" / >/dev/null
  buildah config "$@" "$container" >/dev/null
  buildah commit --quiet --timestamp 0 --rm "$container" "localhost/$image:1" >/dev/null
  find "$cache" -name "$image-*.tar*" -mtime +7 -delete
  buildah push --quiet "localhost/$image:1" "docker-archive:$archive.part:localhost/$image:1" >/dev/null
  mv "$archive.part" "$archive"
}

pack_pause() {
  mkdir "$store/pause"
  cp "$BINARIES/pause" "$store/pause/"
  pack pause "$1" "$store/pause" --entrypoint '["/pause"]'
}

# The program, the libraries that it is linked to, and nothing else.
pack_node24() {
  local root=$store/node24 library
  mkdir -p "$root/usr/local/bin" "$root/tmp"
  chmod 1777 "$root/tmp"
  cp "$node" "$root/usr/local/bin/node"
  ldd "$node" | grep -o '/[^ ]*' | sort -u | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
  pack node24 "$1" "$root" --entrypoint '["node"]'
}

archives=()
if [ -n "${BINARIES:-}" ]; then
  archives+=("$(name_of pause "$BINARIES/pause")")
  [ -e "${archives[0]}" ] || pack_pause "${archives[0]}"
fi
node24=$(name_of node24 "$node")
[ -e "$node24" ] || pack_node24 "$node24"
echo "${archives[*]}" "$node24"
