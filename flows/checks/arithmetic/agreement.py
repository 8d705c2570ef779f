"""Two statements of the same measure, by the same rules as within an article.

For comparing what different articles say of one measure, organisation and period; which statements those are is not
decided here.
"""

from __future__ import annotations

from flows.checks.arithmetic.printed import spread
from flows.checks.arithmetic.verdict import UNDETERMINED, judge
from flows.model import Figure


def agree(first: Figure, second: Figure) -> str:
    """The verdict on two statements: consistent, truncated, inconsistent, or undetermined for different units.

    >>> from decimal import Decimal
    >>> rough = Figure(0, 1, "1,4 tỷ", "money", Decimal(1400000000), "VND", resolution=Decimal(100000000))
    >>> fine = Figure(0, 1, "1.430 triệu", "money", Decimal(1430000000), "VND", resolution=Decimal(1000000))
    >>> other = Figure(0, 1, "1.530 triệu", "money", Decimal(1530000000), "VND", resolution=Decimal(1000000))
    >>> agree(rough, fine), agree(fine, other)
    ('consistent', 'inconsistent')
    """
    a, b = spread(first), spread(second)
    if a is None or b is None or first.kind != second.kind or first.unit != second.unit:
        return UNDETERMINED
    return judge(a, b)
