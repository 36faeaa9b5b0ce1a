#!/usr/bin/env bash
# Compiles samples/ClientProgram ahead of time into artifacts/native-client/program, with every warning of trimming and native compilation as an error.
# It needs a C compiler.
#
#   build/native-client.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

exec dotnet publish samples/ClientProgram --configuration Release --runtime "${RUNTIME:-linux-x64}" --output artifacts/native-client/program \
    -p:PublishAot=true -p:TrimmerSingleWarn=false -p:NativeClient=true -p:CppCompilerAndLinker="${CC:-gcc}"
