"""The choices by which somebody says how a file is to be read, instead of what was judged."""

from __future__ import annotations

import argparse
import codecs
import dataclasses
import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pages.terminal.arguments import whole
from pages.terminal.working import working
from pages.text import say

if TYPE_CHECKING:
    from data.delivery import Ground
    from data.fileset import Together
    from data.intake import Intake
    from data.mapping import Mapping
    from data.read import Choices, Limits


STDIN = Path("-")
"""The file that is what another command writes."""


def add_choices(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """The file, and the choices about its reading; each is judged where it is left out.

    Args:
        several: More than one file may be given, or an archive of them.
    """
    if several:
        parser.add_argument(
            "files",
            type=Path,
            nargs="+",
            metavar=say("FILE"),
            help=say(
                "the file to read; several, or a zip, when one explains another, as structure.csv"
                " and labels.csv of SurveyXact; - reads what another command writes"
            ),
        )
    else:
        parser.add_argument(
            "file",
            type=Path,
            metavar=say("FILE"),
            help=say("the file to read; - reads what another command writes"),
        )
    parser.add_argument(
        "--encoding",
        type=_encoding,
        metavar=say("ENCODING"),
        help=say("as utf-8, windows-1252 or utf-16-le"),
    )
    parser.add_argument(
        "--delimiter",
        type=_delimiter,
        metavar=say("SIGN"),
        help=say("the sign between cells; “tab” for a tab"),
    )
    parser.add_argument("--sheet", metavar=say("SHEET"), help=say("the sheet of a workbook"))
    parser.add_argument(
        "--heading-row",
        type=whole,
        metavar=say("LINE"),
        help=say("the line of the headings; 0 when there are none"),
    )
    parser.add_argument(
        "--put-back",
        type=_lines,
        default=(),
        metavar=say("LINES"),
        help=say("lines that were left out and count after all, as 14,20-22"),
    )
    parser.add_argument(
        "--leave-out",
        type=_lines,
        default=(),
        metavar=say("LINES"),
        help=say("lines that do not count, as 14,20-22"),
    )


def add_judging(parser: argparse.ArgumentParser) -> None:
    """The choices about what the cells mean, for commands that judge them."""
    parser.add_argument(
        "--mapping",
        metavar=say("NAME"),
        help=say(
            "reads the columns by this saved mapping, or by the one in a file as svar.toml or"
            " svar.json; “forslag” proposes how answers are read"
        ),
    )
    parser.add_argument(
        "--dates",
        choices=("dmy", "mdy"),
        help=say("how dates with slashes are read: day first, or month first"),
    )
    parser.add_argument(
        "--value",
        action="append",
        type=_value,
        default=[],
        metavar=say("NAME=VALUE"),
        help=say("what the file lacks and the mapping asks for; can be given several times"),
    )
    parser.add_argument(
        "--column",
        action="append",
        type=_column,
        default=[],
        metavar=say("HEADING=COLUMN"),
        help=say("which of our columns a heading of the file is; can be given several times"),
    )


def _column(text: str) -> tuple[str, str]:
    from data.uploader_words import column_for

    heading, is_given, column = text.rpartition("=")
    if not (heading and is_given and column):
        raise argparse.ArgumentTypeError(
            say("found “{found}”, expected a heading and a column as frst=frist", found=text)
        )
    return column_for(heading), column


def chosen(arguments: argparse.Namespace) -> Choices:
    """The choices as the reading takes them."""
    from data.read import Choices

    return Choices(
        encoding=arguments.encoding,
        delimiter=arguments.delimiter,
        sheet=arguments.sheet,
        heading_row=arguments.heading_row,
        put_back=arguments.put_back,
        leave_out=arguments.leave_out,
        dates=getattr(arguments, "dates", None),
        values=dict((*getattr(arguments, "value", ()), *getattr(arguments, "column", ()))),
    )


def limits() -> Limits:
    """The limits of a reading, with the size that the operator sets."""
    from data import settings
    from data.read import Limits

    return Limits(bytes=settings.load().upload_mb * 1_000_000)


def bytes_of(path: Path, most: int) -> bytes:
    """The bytes of a file; of one that is too big only one more than is allowed.

    The reading refuses it all the same, and a file of many gigabytes fills no memory first.
    """
    if path == STDIN:
        return sys.stdin.buffer.read(most + 1)
    with path.open("rb") as file:
        return file.read(most + 1)


def name_of(path: Path) -> str:
    """The file's name, as text that can be stored whatever bytes it was written with."""
    return "stdin" if path == STDIN else path.name.encode("utf-8", "replace").decode()


def _encoding(text: str) -> str:
    """An encoding that can be read, by any of its names: "cp1252" is windows-1252."""
    from data.encoding import ENCODINGS

    try:
        wanted = codecs.lookup(text).name
    except LookupError:
        wanted = ""
    for one in ENCODINGS:
        if codecs.lookup(one).name == wanted:
            return one
    known = ", ".join(ENCODINGS)
    raise argparse.ArgumentTypeError(
        say("found “{found}”, expected one of {known}", found=text, known=known)
    )


def _delimiter(text: str) -> str:
    sign = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(sign) != 1:
        raise argparse.ArgumentTypeError(say("found “{found}”, expected one sign", found=text))
    return sign


def _lines(text: str) -> tuple[int, ...]:
    lines: list[int] = []
    try:
        for part in text.split(","):
            first, _, last = part.partition("-")
            lines += range(int(first), int(last or first) + 1)
    except ValueError:
        raise argparse.ArgumentTypeError(
            say("found “{found}”, expected lines as 14,20-22", found=text)
        ) from None
    return tuple(lines)


def _value(text: str) -> tuple[str, str]:
    name, is_given, value = text.partition("=")
    if not (name and is_given):
        raise argparse.ArgumentTypeError(
            say("found “{found}”, expected a name and a value as bolge=V1", found=text)
        )
    return name, value


@dataclass(frozen=True)
class Received:
    """A file, its bytes, and everything that was judged of it.

    Attributes:
        own: The mapping that a file of the terminal's user says, where one does.
    """

    given: Together
    intake: Intake
    own: Mapping | None = None


def received(
    arguments: argparse.Namespace, against: Ground, confirmed: Mapping | None = None
) -> list[Received]:
    """The files that were asked for, those that others refer to first, as they were judged.

    What explains another file is no file of its own.

    Args:
        confirmed: The mapping to read them by, whatever was asked for.

    Raises:
        MappingError: The mapping that was given as a file contradicts itself.
        OSError: A file cannot be read.
    """
    from data import contract, fileset
    from data.fileset import Given

    most = limits()
    own = confirmed or _own_mapping(arguments.mapping)
    files = [Given(name_of(path), bytes_of(path, most.bytes)) for path in arguments.files]
    found = [judged(arguments, against, one, own) for one in fileset.together(files, most)]
    kinds = contract.all_kinds()
    return sorted(
        found,
        key=lambda one: min((kinds.index(kind) for kind in one.intake.tables), default=len(kinds)),
    )


def judged(
    arguments: argparse.Namespace, against: Ground, given: Together, own: Mapping | None
) -> Received:
    """One file as it is judged against what the store holds.

    Args:
        own: The mapping to read it by, where it is not one of the store's.
    """
    from data import delivery
    from data.meant import Beside

    name = arguments.mapping
    if own is not None:
        others = tuple(one for one in against.mappings if one.name != own.name)
        against, name = dataclasses.replace(against, mappings=(own, *others)), own.name
    with working() as told:
        intake = delivery.receive(
            against,
            given.raw,
            given.name,
            arguments.person,
            choices=chosen(arguments),
            mapping_name=name,
            beside=Beside(codebook=given.codebook, problem=given.problem),
            limits=limits(),
            told=told,
        )
    return Received(given, intake, own)


def _own_mapping(said: str | None) -> Mapping | None:
    """The mapping in a file, where what was said is the name of one."""
    if said is None or not said.endswith((".toml", ".json")):
        return None
    from data import mapping, mapping_tables

    text = Path(said).read_text(encoding="utf-8")
    try:
        table = json.loads(text) if said.endswith(".json") else tomllib.loads(text)
        # As check --json prints it, or the mapping alone.
        table = table.get("mapping_table") or table
        return mapping_tables.from_table(table)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise mapping.MappingError(f"{said}: {error}") from None
