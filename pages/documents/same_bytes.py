"""Office files that are the same bytes when they are made again: no clock stands in them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can hold; every member gets it."""

_CORE = "docProps/core.xml"
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def same_bytes(office_file: bytes, made_at: dt.datetime) -> bytes:
    """The file with its members' times, and those of the workbooks inside it, set to one moment.

    Args:
        made_at: What the file says it was made (UTC): when the release was.
    """
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(office_file)) as before:
        for name in before.namelist():
            content = before.read(name)
            if name == _CORE:
                moment = made_at.isoformat(timespec="seconds").encode() + b"Z"
                content = _MADE.sub(rb"\g<1>" + moment + rb"\g<2>", content)
            elif name.endswith(".xlsx"):
                content = same_bytes(content, made_at)
            members[name] = content
    return packed(members)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files by name as one zip file, the same bytes from the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(member, content)
    return out.getvalue()
