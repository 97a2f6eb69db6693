"""What --json holds where several commands print it: for their help, which must load nothing."""

from __future__ import annotations

from pages.text import say


def receipt() -> dict[str, str]:
    """What a receipt holds."""
    return {
        "upload_id": say("the number of the upload"),
        "at, who, role": say("when (UTC), by whom, and in which role"),
        "file_name, sha256, size": say("the file, its fingerprint and its bytes"),
        "rows": say("stored rows by kind"),
        "covers": say("municipalities and months it delivers, as 3439,3440:2026-01..2026-10"),
        "is_repeat": say("the same file was uploaded before, and nothing was changed"),
        "withdrawn_at": say("when it was taken back; null while it counts"),
        "tool, mapping, constants": say("how its columns were read, and what was set for them"),
        "encoding, delimiter, sheet, heading_row": say("how the file was read"),
        "left_out, dropped_columns": say("lines and columns that were not stored"),
        "without_answers, without_number": say(
            "rows without any answer that is read, and answers without a number"
        ),
        "left_rows, left": say("how many rows were left to mend, and the problems they have"),
        "is_part": say("the rows are part of a file, and nothing is gone because of it"),
        "kept_whole": say("whether the file itself is kept, or only the cells that were stored"),
        "app_version": say("the version of the program that stored it"),
    }


def judgement() -> dict[str, str]:
    """What the judgement of a file holds."""
    return {
        "file_name, sha256": say("the file and its fingerprint"),
        "blocking": say("whether it cannot be stored as it is"),
        "encoding, delimiter, sheet, heading_row": say("how the file was read"),
        "tool, mapping, constants": say("how its columns were read, and what was set for them"),
        "mapped_by": say(
            "why it is read so: saved_mapping, asked_for, headings or proposed; null when unknown"
        ),
        "mapping_table": say("the mapping itself, as --mapping reads it from a file"),
        "proposal": say("what each column is proposed to be; null where nothing is proposed"),
        "rows": say("rows by kind"),
        "left_out, dropped_columns": say("lines and columns that are not stored"),
        "changes": say("by kind how many rows are new, changed, gone and the same"),
        "odd": say("what is unlike what usually comes, in sentences"),
        "proposes": say("municipalities and months it seems to cover"),
        "problems": say(
            "each with code, line, lines, column, found, expected, nearest, blocking and sentence"
        ),
    }
