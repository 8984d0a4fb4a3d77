#!/usr/bin/env bash
# job/image.sh BASE ARCHIVE [OPTION…]   the image of job/Dockerfile as an OCI archive; prints its digest.
#   BASE      an image with Node 24; by digest, it gives the same bytes every time
#   ARCHIVE   the file, as keyferry-image.tar; `skopeo copy --all oci-archive:FILE docker://…` pushes it
#   OPTION    of buildah build, as --platform linux/amd64,linux/arm64: nothing is run, so any machine builds for any
#   CONTEXT   variable: the folder with the bundles (default: build, from npm run build)
# Needs buildah, and no root. Who builds, and when, makes no difference.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
base=$1 archive=$2
shift 2

list=keyferry-image-$$
staged=$(mktemp -d)
trap 'buildah manifest rm "$list" >/dev/null; rm -rf "$staged"' EXIT
# The owners of copied files get into the image's history, so the files become the builder's.
for file in LICENSES.txt job/index.js job/package.json; do
  install -D -m 0444 "${CONTEXT:-$here/../build}/$file" "$staged/context/$file"
done
buildah manifest create "$list" >/dev/null
buildah build --quiet --no-cache --timestamp 0 --identity-label=false --build-arg "BASE=$base" --manifest "$list" \
  --file "$here/Dockerfile" "$@" "$staged/context" >/dev/null
buildah manifest push --quiet --all --digestfile "$staged/digest" "$list" "oci-archive:$archive" >/dev/null
cat "$staged/digest"
