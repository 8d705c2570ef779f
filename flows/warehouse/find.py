"""Everything that is found in one text: the pure function that a batch, and `khopso show`, apply."""

from __future__ import annotations

from datetime import date

from flows.checks import find_checks
from flows.figures import find_figures
from flows.model import Check, Figure


def find_all(
    text: str, read_as_of: date | None, home: str | None = None
) -> tuple[list[Figure], list[Check]]:
    """The figures of a text and the checks between them; `home` is the place that "toàn tỉnh" means in it.

    >>> figures, checks = find_all("Đã kết nạp 527/600 đảng viên (đạt 87,8%).", None)
    >>> [figure.surface for figure in figures], [(check.kind, check.verdict) for check in checks]
    (['527', '600 đảng viên', '87,8%'], [('ratio', 'consistent')])
    """
    figures = find_figures(text, read_as_of, home)
    return figures, find_checks(text, figures, read_as_of)
