"""ZIP files that are the same whenever and wherever they are written: a Word file and an EPUB are ZIP files."""

import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a ZIP: it notes an hour for each of its files


def add(archive: zipfile.ZipFile, path: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
    """Add a file, without the hour and the system of its making."""
    info = zipfile.ZipInfo(path, FIRST_DAY)
    info.create_system, info.external_attr = 3, 0o644 << 16
    archive.writestr(info, data, method, compresslevel=9)
