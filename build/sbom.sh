#!/usr/bin/env bash
# Lists the packages of what is published, as software bills of materials in CycloneDX: artifacts/sbom/{name}.json. The versions are those of
# the lock files. The tool is in .config/dotnet-tools.json.
#
#   build/sbom.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

dotnet tool restore
for project in src/Hosts/*/*.csproj src/Clients/*/*.csproj; do
    dotnet restore "$project" --locked-mode
    dotnet tool run dotnet-CycloneDX "$project" --recursive --disable-package-restore \
        --output artifacts/sbom --output-format Json --filename "$(basename "$project" .csproj | tr 'A-Z' 'a-z').json"
done
