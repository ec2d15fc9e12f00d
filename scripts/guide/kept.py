"""Files that are made once and kept."""

import os
from pathlib import Path


def keep(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: builds in several processes share a cache."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    new.write_bytes(data)
    new.replace(path)
