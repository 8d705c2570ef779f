"""One comma before three digits of a price: 1,447 USD is under two dollars beside 1,4625 USD/lb, else over a thousand.

Rule: a comma before three digits of an amount of foreign money groups thousands (1,500 USD; papers copy it from English
sources), unless the text prints another price in that money to a thousandth or finer with a decimal comma (0,133 USD;
1,4625 USD/lb): then it is the Vietnamese decimal comma here too, but before two noughts (1,500) it never is. Money that
has no thousandths, such as the đồng, is grouped always.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.figures.number import Number
from flows.recognizers.digits import regrouped

_FINE = re.compile(r"0,[0-9]{3,}|[0-9]+,[0-9]{4,}")
_PRICED = frozenset(("money", "rate"))
_ROUND = "00"


def settle_prices(numbers: Sequence[Number]) -> None:
    """Give every doubtful price of `numbers` the reading its text shows.

    >>> from flows import find_figures
    >>> [str(f.value) for f in find_figures("Giá bạc giảm 0,133 USD, xuống 16,125 USD; vàng 1,500 USD.")]
    ['0.133', '16.125', '1500']
    >>> [str(f.value) for f in find_figures("Giá vàng giảm 3 USD, xuống 1,274 USD.")]
    ['3', '1274']
    """
    doubtful = [number for number in numbers if number.grouped_doubt and number.kind in _PRICED and number.scale == 1]
    if not doubtful:
        return
    fine = {number.unit[:3] for number in numbers if number.kind in _PRICED and _FINE.fullmatch(number.token)}
    for number in doubtful:
        if number.unit[:3] not in fine or number.token.endswith(_ROUND):
            digits = regrouped(number.token)
            number.value, number.resolution, number.style = digits.value, digits.resolution, digits.style
        number.grouped_doubt = False
