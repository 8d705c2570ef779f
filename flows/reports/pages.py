"""Making pages: Jinja2 templates with everything escaped, styles and scripts inside the file, no network."""

from __future__ import annotations

import base64
import hashlib
import os
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The Jinja2 environment of all pages: every value is escaped, a missing one is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"number": shown_number, "day": shown_day, "web": web_address, "count": shown_count}
    return made


def write_page(folder: Path, name: str, template: str, **values: Any) -> Path:
    """Render `template` into `folder/name`, whole or not at all; the path written."""
    html = environment().get_template(template).render(**values)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    unfinished = path.with_name(f".{name}.{os.getpid()}")
    unfinished.write_text(html, encoding="utf-8", newline="\n")
    unfinished.replace(path)
    return path


def script_hash(script: str) -> str:
    """The source expression under which a Content-Security-Policy lets `script` run, and no other.

    >>> script_hash("1")
    "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def read_template(name: str) -> str:
    """The text of a file beside the templates, such as a script."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def shown_number(value: Decimal | float | None) -> str:
    """A number for people: no trailing zeros, thousands parted by a thin space.

    >>> shown_number(Decimal("3463.0000000000")), shown_number(Decimal("87.80")), shown_number(None)
    ('3\\u202f463', '87.8', '')
    """
    if value is None:
        return ""
    digits = f"{Decimal(str(value)):,f}".replace(",", "\u202f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def shown_count(value: int) -> str:
    """A count with thousands parted by a thin space."""
    return f"{value:,}".replace(",", "\u202f")


def shown_day(moment: date | datetime | None) -> str:
    """A day as it is written in Viet Nam.

    >>> shown_day(date(2018, 10, 8)), shown_day(None)
    ('08/10/2018', '')
    """
    return moment.strftime("%d/%m/%Y") if moment else ""


def web_address(address: str | None) -> str | None:
    """`address` where it is safe to link to, else None: only http and https with a host.

    >>> web_address("https://bao.example/tin"), web_address("javascript:alert(1)")
    ('https://bao.example/tin', None)
    """
    if not address:
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return address.strip() if parts.scheme in ("http", "https") and parts.netloc else None
