"""Data Docs that need no network: the pages of Great Expectations without what they fetch, and an index of ours.

Great Expectations fills its index by scripts from other hosts; without them it is empty. Ours lists
all rules, those written as SQL too, each with its verdict, and links the pages of the suites.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from html import escape
from pathlib import Path

from flows.quality.outcome import Outcome, closes_gate, failed

_STYLES = Path(__file__).with_name("offline.css")
_FETCHED = re.compile(
    r"""<script\b.*?</script>            # none of them works without jQuery from another host
      | <link\b[^>]*https?://[^>]*>      # style sheets of other hosts
      | <link\b[^>]*shortcut\ icon[^>]*>  # its path is wrong on pages of results
      | <img\b[^>]*https?://[^>]*>       # the logo
      | <footer\b.*?</footer>            # an advertisement
      | url\(\s*['"]?https?://[^)]*\)    # pictures of other hosts in styles
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_HEADS = ("table", "what must hold", "severity", "verdict", "bad rows", "for instance")
_VERDICTS = {True: '<span class="held">holds</span>', False: '<span class="not-held">does not hold</span>'}


def make_offline(folder: Path, outcomes: Iterable[Outcome]) -> Path:
    """Rewrite the Data Docs in `folder` and write its index; the path of the index."""
    outcomes = list(outcomes)
    styles = folder / "static" / "offline.css"
    styles.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_STYLES, styles)
    for page in folder.rglob("*.html"):
        up = "../" * (len(page.relative_to(folder).parts) - 1)
        html = _FETCHED.sub("", page.read_text(encoding="utf-8"))
        link = f'<link rel="stylesheet" href="{up}static/offline.css">\n</head>'
        page.write_text(html.replace("</head>", link, 1), encoding="utf-8")
    index = folder / "index.html"
    index.write_text(_index(folder, outcomes), encoding="utf-8")
    return index


def _index(folder: Path, outcomes: list[Outcome]) -> str:
    pages = {path.relative_to(folder).parts[1]: path for path in sorted(folder.glob("validations/*/*/*/*.html"))}
    not_held = failed(outcomes)
    gate = "closed: nothing was published" if closes_gate(outcomes) else "open"
    links = "".join(
        f'<li><a href="{escape(page.relative_to(folder).as_posix())}">{escape(table)}</a>: its rules one by one</li>'
        for table, page in sorted(pages.items())
    )
    heads = "".join(f"<th>{name}</th>" for name in _HEADS)
    rows = "".join(_row(one) for one in [*not_held, *(one for one in outcomes if one.held)])
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>khopso: quality of the last run</title>
<link rel="stylesheet" href="static/offline.css">
</head>
<body>
<h1>Quality of the last run</h1>
<p>{len(outcomes)} rules, {len(not_held)} did not hold. Gate: <strong>{gate}</strong>.
A critical rule that does not hold closes the gate; the others are reported here.</p>
<ul>{links}</ul>
<table>
<thead><tr>{heads}</tr></thead>
<tbody>{rows}</tbody>
</table>
</body>
</html>
"""


def _row(one: Outcome) -> str:
    cells = (
        escape(one.table), f"{escape(one.note)}<br><code>{escape(one.rule)}</code>", escape(one.severity),
        _VERDICTS[one.held], str(one.bad_rows or ""), escape("; ".join(one.examples)),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"
