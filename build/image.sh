#!/usr/bin/env bash
# Builds the image of the model server with the SDK alone: no Docker, no Dockerfile.
#
#   build/image.sh                           into the local Docker or Podman
#   build/image.sh --archive FILE.tar.gz     into a file, for `docker load` or `skopeo copy`
#   build/image.sh --base IMAGE@sha256:DIGEST
#                                            on exactly this base image instead of the newest patch of .NET's `noble-chiseled`
#   build/image.sh --registry HOST [--repository NAME] [--tag TAG]
#                                            to a registry, with the credentials of `docker login`
set -euo pipefail
cd "$(dirname "$0")/.."

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
        *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done
exec dotnet publish src/Hosts/ModelServer -c Release -p:UseAppHost=false -t:PublishContainer ${arguments[@]+"${arguments[@]}"}
