"""Why something could not be read: the reason codes of `rejects`, each with its remedy."""

from __future__ import annotations

from enum import StrEnum

from flows.model import Reject


class Reason(StrEnum):
    """A reason code; `REASONS` has what each says and what to do about it."""

    UNKNOWN_FORMAT = "unknown_format"
    UNREADABLE = "unreadable"
    LINK_LOOP = "link_loop"
    EMPTY = "empty"
    NOT_TEXT = "not_text"
    NOT_UTF8 = "not_utf8"
    TRUNCATED = "truncated"
    BROKEN_ARCHIVE = "broken_archive"
    TOO_LARGE = "too_large"
    BROKEN_JSON = "broken_json"
    NOT_A_RECORD = "not_a_record"
    BROKEN_TABLE = "broken_table"
    GAVE_UP = "gave_up"
    MISSING_TEXT = "missing_text"
    BAD_FIELD = "bad_field"
    BROKEN_CHARACTER = "broken_character"


REASONS: dict[Reason, tuple[str, str]] = {
    Reason.UNKNOWN_FORMAT: ("no reader for this kind of file", "convert it, or leave it out of the folder"),
    Reason.UNREADABLE: ("the system does not let it be read", "check that it exists, its rights and that it is a file"),
    Reason.LINK_LOOP: ("a link to a folder that is walked already", "remove the link"),
    Reason.EMPTY: ("nothing in it", "fetch the article again, or remove it"),
    Reason.NOT_TEXT: ("not text", "give the article's text, not a document or picture"),
    Reason.NOT_UTF8: ("not UTF-8", "save it as UTF-8, for example with iconv -f WINDOWS-1258 -t UTF-8"),
    Reason.TRUNCATED: ("it ends too early", "copy or fetch the file again; what came before the cut is read"),
    Reason.BROKEN_ARCHIVE: ("its compression is damaged", "copy or fetch the file again"),
    Reason.TOO_LARGE: ("larger than any article", "split it into one record or file an article"),
    Reason.BROKEN_JSON: ("no JSON", "write one JSON object a line"),
    Reason.NOT_A_RECORD: ("JSON, but no object", 'write each line as {"text": "…"}'),
    Reason.BROKEN_TABLE: ("not a table", "write it anew with one row an article and its quotes closed"),
    Reason.GAVE_UP: ("nothing in its first lines can be read", "check the format; the rest of the file is left out"),
    Reason.MISSING_TEXT: ("a record without text", 'put the article into "text"'),
    Reason.BAD_FIELD: ("an optional field cannot be read", "correct it; the article is read without it"),
    Reason.BROKEN_CHARACTER: ("half of a surrogate pair", "write the character as UTF-8"),
}


def reject(reason: Reason, path: str, detail: str = "", line: int | None = None, remedy: str = "") -> Reject:
    """A reject row whose message reads `path:line: why; what to do`.

    >>> reject(Reason.EMPTY, "bai.txt").message
    'bai.txt: nothing in it; fetch the article again, or remove it'
    >>> reject(Reason.BROKEN_JSON, "tin.jsonl", "Expecting value at character 8", 3).message
    'tin.jsonl:3: no JSON: Expecting value at character 8; write one JSON object a line'
    """
    what, usual_remedy = REASONS[reason]
    place = path if line is None else f"{path}:{line}"
    why = f"{what}: {detail}" if detail else what
    return Reject(path, str(reason), f"{place}: {why}; {remedy or usual_remedy}", line)
