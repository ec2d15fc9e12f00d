#!/bin/sh
# Print the path of a Chromium for the tests: one that is there, else Debian's when root, else Playwright's own.
set -eu
found() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}

# The Node that comes with Playwright needs libatomic, which a bare Debian has not.
.venv/bin/playwright --version >/dev/null 2>&1 || "$(dirname "$0")/apt.sh" libatomic1

found && exit
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    "$(dirname "$0")/apt.sh" chromium
    found && exit
fi
.venv/bin/playwright install chromium >&2
.venv/bin/python -c "from playwright.sync_api import sync_playwright as p; s = p().start(); print(s.chromium.executable_path); s.stop()"
