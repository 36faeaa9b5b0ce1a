#!/usr/bin/env bash
# Packs what is released: the tool and the client packages, with their symbols, into artifacts/packages.
#
#   build/pack.sh VERSION      such as 0.2.0 or 0.2.0-rc.1; see docs/releases.md
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

version=${1:-}
[[ $version =~ ^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$ ]] ||
    { echo "The version is '$version'; give one such as 0.2.0 or 0.2.0-rc.1." >&2; exit 2; }
for project in src/Hosts/Cli src/Clients/Recommendation.Client src/Clients/Recommendation.Client.AspNetCore; do
    dotnet pack "$project" --configuration Release --output artifacts/packages "-p:Version=$version"
done
