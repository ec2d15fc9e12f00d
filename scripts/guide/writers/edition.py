"""What a file says of the edition that it belongs to: the same for PDF and EPUB."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Edition:
    """An edition of the guide in one language. What the site has no address for is "": no link, no QR code then."""

    day: datetime
    lines: tuple[str, ...] = ()  # on the cover: edition, state of the law, licence
    addresses: Mapping[str, str] = field(default_factory=dict)  # {anchor of a chapter: address of its page}
    my_copy: str = ""  # address of the page that tells whether a copy is the newest, with the code
    code: str = ""  # of the guide's text
    name: str = ""  # 2026.1, in the words of the language
    site: str = ""  # address of the site, with / at its end
