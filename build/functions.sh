#!/usr/bin/env bash
# Publishes the functions that Lambda runs: artifacts/functions/{name}/bootstrap with what it needs, and {name}.zip beside it.
#
#   build/functions.sh [--runtime linux-x64|linux-arm64] [--native|--managed] [stream-processor|batch-processor|admin-api …]
#
# The same sources and tools give the same zip, byte for byte. The stream processor is compiled to native code (Native AOT)
# where clang or gcc is installed and the runtime is that of this machine: it starts in a tenth of the time. The other
# functions, and all of them with --managed, are managed code that is compiled ahead. With --native the batch processor is
# compiled to native code as well.
set -euo pipefail
cd "$(dirname "$0")/.."

declare -A hosts=([stream-processor]=StreamProcessor [batch-processor]=BatchProcessor [admin-api]=AdminApi)
runtime=linux-x64
mode=
names=()
while [ $# -gt 0 ]; do
  case $1 in
    --runtime) runtime=${2:?give linux-x64 or linux-arm64}; shift ;;
    --native|--managed) mode=${1#--} ;;
    stream-processor|batch-processor|admin-api) names+=("$1") ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift
done
[ ${#names[@]} -gt 0 ] || names=(stream-processor batch-processor admin-api)

case $(uname -m) in
  x86_64) own=linux-x64 ;;
  aarch64) own=linux-arm64 ;;
  *) own=unknown ;;
esac
linker=$(command -v clang >/dev/null && echo clang || { command -v gcc >/dev/null && echo gcc || true; })

# The C library of Lambda's provided.al2023. Native code asks for the versions of functions that the machine has on which
# it is linked.
glibc=2.34

# Whether a function is compiled to native code.
is_native() {
  case $1:$mode in
    admin-api:* | *:managed) return 1 ;;
    *:native) ;;
    stream-processor:*)
      if [ -z "$linker" ] || [ "$runtime" != "$own" ]; then
        echo "$1 is not compiled to native code: that needs clang or gcc, on a machine with $runtime." >&2
        return 1
      fi ;;
    *) return 1 ;;
  esac
}

# publish NAME HOST FOLDER NATIVE
publish() {
  rm -rf "$3"
  dotnet publish "src/Hosts/$2" -c Release -v quiet --nologo -o "$3" "-p:FunctionRuntime=$runtime" \
    "-p:FunctionNative=$4" ${linker:+"-p:CppCompilerAndLinker=$linker"}
  rm -f "$3"/*.pdb "$3"/*.dbg
  # The executable is what Lambda starts; it knows its assembly by the assembly's own name.
  mv "$3/Recommendation.$2" "$3/bootstrap"
  if [ "$4" = false ]; then return; fi
  local needs
  needs=$(grep -aoE 'GLIBC_2\.[0-9]+' "$3/bootstrap" | sed 's/GLIBC_//' | sort -V | tail -1)
  if [ "$(printf '%s\n' "$needs" "$glibc" | sort -V | tail -1)" != "$glibc" ]; then
    echo "$1 as native code needs glibc $needs, and Lambda has $glibc: it is published as managed code." \
      "For native code build on Amazon Linux 2023, Debian 12 or older." >&2
    publish "$1" "$2" "$3" false
  fi
}

for name in "${names[@]}"; do
  host=${hosts[$name]}
  new=artifacts/functions/.$name
  native=false
  if is_native "$name"; then native=true; fi
  publish "$name" "$host" "$new" "$native"
  node build/zip.mjs "$new" "artifacts/functions/$name.zip"
  rm -rf "artifacts/functions/$name"
  mv "$new" "artifacts/functions/$name"
  echo "artifacts/functions/$name.zip $(($(wc -c < "artifacts/functions/$name.zip") / 1024)) KB"
done
