#!/usr/bin/env bash
# Builds the image of the model server, or of `recommend serve`, with the SDK alone: no Docker, no Dockerfile.
#
#   build/image.sh                           the model server, into the local Docker or Podman
#   build/image.sh serve …                   `recommend serve`, with the same options; see deploy/container/compose.yml
#   build/image.sh --archive FILE.tar.gz     into a file, for `docker load` or `skopeo copy`
#   build/image.sh --base IMAGE@sha256:DIGEST
#                                            on exactly this base image instead of the newest patch of .NET's `noble-chiseled`
#   build/image.sh --registry HOST [--repository NAME] [--tag TAG]
#                                            to a registry, with the credentials of `docker login`
set -euo pipefail
cd "$(dirname "$0")/.."

project=src/Hosts/ModelServer
if [ "${1:-}" = serve ]; then project=src/Hosts/Cli; shift; fi
arguments=()
while [ $# -gt 0 ]; do
    case "$1" in
        --archive) arguments+=("-p:ContainerArchiveOutputPath=$(realpath -m "$2")"); shift 2 ;;
        --base)
            [[ $2 =~ @sha256:[0-9a-f]{64}$ ]] || { echo "--base is '$2'; give IMAGE@sha256:DIGEST." >&2; exit 2; }
            arguments+=("-p:ContainerBaseImage=$2"); shift 2 ;;
        --registry) arguments+=("-p:ContainerRegistry=$2"); shift 2 ;;
        --repository) arguments+=("-p:ContainerRepository=$2"); shift 2 ;;
        --tag) arguments+=("-p:ContainerImageTag=$2"); shift 2 ;;
        *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done
exec dotnet publish "$project" -c Release -p:UseAppHost=false -t:PublishContainer ${arguments[@]+"${arguments[@]}"}
