#!/bin/sh
# Install LibreOffice's Writer, in which the tests open our Word files, where it is missing and we may: some 15 seconds.
set -eu
command -v soffice >/dev/null && exit
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    "$(dirname "$0")/apt.sh" libreoffice-writer-nogui && exit
fi
echo "No LibreOffice here: the tests that open Word files in it will be skipped." >&2
