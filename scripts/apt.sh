#!/bin/sh
# Install Debian packages when we may: scripts/apt.sh PACKAGE...
set -eu
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing: $*. Install it with your system's package manager, then run make again." >&2
    exit 1
fi
echo "Installing $* ..." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2 || true
apt-get install -y -qq --no-install-recommends "$@" >&2
