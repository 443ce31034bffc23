"""Install Chromium for the page tests where that is possible: with Debian's package manager and the right to use it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = ("chromium", "fonts-noto-cjk", "fonts-liberation")


def main() -> int:
    """Install what is missing; say why where it cannot be done (the page tests are then skipped)."""
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return 0
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print("Chromium is not here and cannot be installed without apt-get and root: page tests will be skipped.")
        return 0
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-q", "update"], ["apt-get", "-q", "install", "-y", "--no-install-recommends", *PACKAGES]):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            print(f"'{' '.join(command)}' failed: page tests will be skipped.")
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
