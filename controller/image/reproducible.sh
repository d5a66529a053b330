#!/usr/bin/env bash
# Builds the images' layers from two copies of this checkout, in two folders, and compares them: all but the AOT cache must be the same.
. "$(dirname "$0")/../../e2e/cluster/steps.sh"
cd "$(dirname "$0")/../.."

copies=$(mktemp -d)
trap 'rm -rf "$copies"' EXIT

for copy in first second; do
  say "building the $copy copy"
  mkdir "$copies/$copy"
  git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$copies/$copy"
  "$copies/$copy/controller/image/build.sh" --untrained
done

for image in plexd mockapi; do
  # The names of the entries are the digests of the layers and of the configuration.
  first=$copies/first/controller/image/target/image/$image-untrained.tar
  second=$copies/second/controller/image/target/image/$image-untrained.tar
  diff <(tar -tvf "$first") <(tar -tvf "$second") || die "$image: the layers of two builds differ"
  cmp "$first" "$second" || die "$image: the archives of two builds differ"
  tar -tf "$first"
done
say "two builds gave the same layers"
