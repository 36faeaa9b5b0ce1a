#!/usr/bin/env bash
# Publishes the functions that Lambda runs: artifacts/functions/{name}/bootstrap with what it needs, and {name}.zip beside it.
#
#   build/functions.sh [--runtime linux-x64|linux-arm64] [--native] [stream-processor|batch-processor|admin-api …]
#
# The same sources give the same zip, byte for byte. --native compiles to machine code; it needs clang and the runtime's native pack.
set -euo pipefail
cd "$(dirname "$0")/.."

declare -A hosts=([stream-processor]=StreamProcessor [batch-processor]=BatchProcessor [admin-api]=AdminApi)
runtime=linux-x64
native=false
names=()
while [ $# -gt 0 ]; do
  case $1 in
    --runtime) runtime=${2:?give linux-x64 or linux-arm64}; shift ;;
    --native) native=true ;;
    stream-processor|batch-processor|admin-api) names+=("$1") ;;
    *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift
done
[ ${#names[@]} -gt 0 ] || names=(stream-processor batch-processor admin-api)

for name in "${names[@]}"; do
  host=${hosts[$name]}
  new=artifacts/functions/.$name
  rm -rf "$new"
  dotnet publish "src/Hosts/$host" -c Release -v quiet --nologo -o "$new" "-p:FunctionRuntime=$runtime" "-p:FunctionNative=$native"
  # The executable is what Lambda starts; it knows its assembly by the assembly's own name.
  mv "$new/Recommendation.$host" "$new/bootstrap"
  node build/zip.mjs "$new" "artifacts/functions/$name.zip"
  rm -rf "artifacts/functions/$name"
  mv "$new" "artifacts/functions/$name"
  echo "artifacts/functions/$name.zip $(($(wc -c < "artifacts/functions/$name.zip") / 1024)) KB"
done
