"""The verdict on a stated value against a computed one.

`consistent`: the intervals meet, every figure read as rounded. `truncated`: they meet only if some figure was cut
instead of rounded. `inconsistent`: they do not meet. `undetermined`: it cannot be computed (a base that may be zero, an
unbounded operand), or it does not fit but the reading of the sentence is not sure enough to raise an alarm.
"""

from __future__ import annotations

from flows.checks.arithmetic.printed import Spread

CONSISTENT = "consistent"
TRUNCATED = "truncated"
INCONSISTENT = "inconsistent"
UNDETERMINED = "undetermined"

ALARM_CONFIDENCE = 0.6
"""Below this confidence that the text asserts the relation, a mismatch is `undetermined`: no alarm is raised."""


def judge(stated: Spread, computed: Spread | None, confidence: float = 1.0) -> str:
    """The verdict on `stated` against `computed`.

    >>> from fractions import Fraction
    >>> from flows.checks.arithmetic.interval import Interval
    >>> half = Spread(Interval(Fraction(1, 4), Fraction(3, 4)), Interval(Fraction(1, 4), Fraction(3, 2)))
    >>> judge(half, Spread.point(1)), judge(half, Spread.point(2)), judge(half, Spread.point(2), 0.5)
    ('truncated', 'inconsistent', 'undetermined')
    """
    if computed is None:
        return UNDETERMINED
    if stated.rounded.meets(computed.rounded):
        return CONSISTENT
    if stated.cut.meets(computed.cut):
        return TRUNCATED
    return INCONSISTENT if confidence >= ALARM_CONFIDENCE else UNDETERMINED
