"""Numbers that are no figures by their form: codes, plates, phones, addresses on the net, versions, list numbers.

Rule, from the characters beside the digits: glued to a letter on the left (U20, COVID-19, LX570), glued to a
letter that is no unit on the right (60A), joined to capitals by / or - (78/2014/QH13, 07-QĐ/TW), the tail of a
plate (51A - 740.59), a numeral of four or more digits with a leading zero (0912 …), part of an address with @ or
:// or a domain, three joined by hyphens (85-58-95), degrees and minutes of a coordinate, "(1)" or "1." at the head of
an item.
"""

from __future__ import annotations

import re

_CAPITALS_AFTER = re.compile(r"(?:/[0-9]{2,4})?[/–-](?:[A-ZĐ]{2,}|[A-ZĐ]+[/–-])")
_CAPITALS_SPACED = re.compile(r"(?:/[0-9]{4})? ?[/–-] ?[A-ZĐ]{2,}[-–/ ]{0,3}[A-ZĐ]{2,}")
_PLATE_BEFORE = re.compile(r"[0-9]{2}[ -]?[A-Z]{1,2}[0-9]?\s?[-–—.]?\s?\Z")
_PLATE_AFTER = re.compile(r"[ -]?[A-Z]{1,2}[0-9]?\s?[-–—.]\s?[0-9]{3}")
_DOMAIN = re.compile(r"://|@|www\.|\.(?:com|vn|net|org|edu|gov)\b", re.IGNORECASE)
_COORDINATE = re.compile(r"° ?[0-9]{1,2} ?['’′]|°[ ]?[NEBĐSTW]\b")
_THREE_JOINED = re.compile(r"-[0-9]{1,4}-[0-9]")
_END_OF_THREE = re.compile(r"-[0-9]")
_MIDDLE_OF_THREE = re.compile(r"[0-9]-[0-9]{1,4}-\Z")
_KILOMETRE_BEFORE = re.compile(r"[0-9](?: \+ |\+)\Z")
_LIST_MARK = re.compile(r"(?:[.)/]|[.)]?\s?[-–])\s+(?=[^\W\d_])|\)\s?")
_MODEL = re.compile(r"[a-zA-Z]-(?:[a-z]{1,3}[0-9]|[0-9]+[a-zA-Z])")
"""HP 15s-fq1107TU."""
_COMPOUND = re.compile(r"-[a-z]{2,}-[A-Z0-9]")
"""5-fluoro-UR-144."""
_LONGEST_OUTLINE = 4
_OUTLINE_MARKS = frozenset(("; ", ": ", ". "))
"""1.2. Mục tiêu: a number of an outline."""
_URL_SIDES = frozenset("/=?&@_#\\")
_LONGEST_CHUNK = 120


def is_code(text: str, start: int, end: int, sentence_start: int) -> bool:
    """Whether the digits at `start`…`end` are a code by their form alone; units have been looked for already.

    >>> [is_code(t, t.index("7"), t.index("7") + 2, 0) for t in ("số 78/2014/QH13", "CT-70", "70 người", "VN70")]
    [True, True, False, True]
    """
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalpha() or before in "_#@":
        return True
    if text[start] == "0" and end - start >= 3 and text[start + 1].isdigit() and text[start + 2].isdigit():
        return True
    if (after == "-" and _THREE_JOINED.match(text, end)) or (before == "-" and (
            _MIDDLE_OF_THREE.search(text, max(0, start - 6), start) or (
                after == "-" and _END_OF_THREE.match(text, end) and text[start - 2:start - 1].isdigit()))):
        return True
    if (before == "+" or (before == " " and text[start - 2:start - 1] == "+")) and text[start:end].isdigit() and (
            _KILOMETRE_BEFORE.search(text, max(0, start - 6), start)):
        return True
    if before in "-–/.&" and start >= 2:
        earlier = text[start - 2]
        if earlier.isalpha() and (before != "." or not earlier.islower()):
            return True
        if before == "/" and earlier == "/":
            return True
    if before in _URL_SIDES or after in _URL_SIDES:
        chunk_start = max(text.rfind(" ", max(0, start - _LONGEST_CHUNK), start), start - _LONGEST_CHUNK)
        chunk_end = text.find(" ", end, end + _LONGEST_CHUNK)
        if _DOMAIN.search(text, max(0, chunk_start), chunk_end if chunk_end > 0 else end + _LONGEST_CHUNK):
            return True
    if (after in "/-–" or text[end:end + 2] in (" -", " –", " /")) and (
            _CAPITALS_AFTER.match(text, end) or _CAPITALS_SPACED.match(text, end)):
        return True
    if after.isalpha() and text[end + 1:end + 2] == "-" and text[end + 2:end + 3].isalnum() and _MODEL.match(text, end):
        return True
    if before == ":" and start >= 2 and text[start - 2].isdigit():
        return True
    if after == "-" and text[end + 1:end + 2].islower() and _COMPOUND.match(text, end):
        return True
    if after == "°" and _COORDINATE.match(text, end):
        return True
    if end - start == 2 and (after.isupper() or after in " -") and _PLATE_AFTER.match(text, end):
        return True
    return bool(before in " -–—." and start >= 4 and not text[start - 2].islower()
                and _PLATE_BEFORE.search(text, max(0, start - 8), start))


def is_list_number(text: str, start: int, end: int, sentence_start: int) -> bool:
    """Whether the digits number an item of a list: at the head of a line or sentence, or "(1)".

    >>> is_list_number("1. Mục tiêu", 0, 1, 0), is_list_number("(1) Mục tiêu", 1, 2, 0), is_list_number("1 xã", 0, 1, 0)
    (True, True, False)
    """
    if end - start > 2:
        return (end - start <= _LONGEST_OUTLINE and text[start + 1] == "." and text[end:end + 2] == ". "
                and text[end + 2:end + 3].isupper()
                and (start == sentence_start or text[start - 2:start] in _OUTLINE_MARKS))
    if start == sentence_start:
        mark = _LIST_MARK.match(text, end)
        return mark is not None
    if text[start - 1] == "(" and text[end:end + 1] == ")":
        return not (start >= 3 and text[start - 2] == " " and text[start - 3].isalpha())
    return (start >= 2 and text[start - 1] == " " and text[start - 2] in ":;."
            and (text[end:end + 2] in (". ", ") ", "/ ") or text[start:end + 2] == "1, ")
            and text[end + 2:end + 3].isupper())
