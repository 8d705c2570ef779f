"""Numerals in words, alone or mixed with digits and scales.

`parse_numeral` reads one numeral that stands alone; `scan_spelled` finds those written in words in a running text.
"""

from flows.recognizers.spelled.grammar import parse_numeral
from flows.recognizers.spelled.scan import SpelledNumeral, scan_spelled

__all__ = ["SpelledNumeral", "parse_numeral", "scan_spelled"]
