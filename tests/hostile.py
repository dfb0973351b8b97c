"""What hostile or careless people send: text, dates and numbers that break what is not careful."""

from hypothesis import strategies as st

MARK = "regit-xss"
"""Stands in every piece of markup below; unescaped in a page it is a hole."""

MARKUP = (
    f"<script>{MARK}</script>",
    f'"><img src=x onerror={MARK}>',
    f"' onmouseover={MARK} x='",
    f"</textarea></title><svg onload={MARK}>",
    f"javascript:{MARK}",
    f"<!--{MARK}",
)
UNSAFE = (f"<script>{MARK}", f'"><img src=x onerror={MARK}', f"' onmouseover={MARK} x='", "<svg on")
"""How these look where a page did not escape them."""

TEMPLATES = (
    "{{ 7|add:7 }}",
    "{% debug %}",
    "{% load",
    "%(who)s",
    "%s%n%d",
    "{0.__class__}",
    "${7*7}",
)
SQL = ("'", "';--", "' OR '1'='1", "\\", "%", "_", "1); SELECT pg_sleep(9);--", "$$", "E'\\000'")
UNSEEN = (
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "\u202eöbmor",
    "\u200b",
    "\u2066x\u2069",
    "\ufeff",
    "\u2028",
    "\x7f",
    "\ufffe",
    "\U000e0041",
    " \t\r\n ",
    "\r\nSet-Cookie: a=b",
)
LONG = ("x" * 10_001, "å" * 10_001, "a " * 6_000, "😀" * 10_001, "o\u0308" * 10_001, "(" * 10_001)
NUMBERS = (
    "0",
    "-1",
    "-0",
    "9" * 10,
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "9" * 400,
    "9" * 5_000,
    "1e9",
    "1e400",
    "NaN",
    "Infinity",
    "1.5",
    "1_0",
    "١٢",
    "²",
    "0x10",
    " 1 ",
    "١" * 5_000,
)
DAYS = (
    "0000-00-00",
    "0001-01-01",
    "0001-01-02",
    "9999-12-30",
    "9999-12-31",
    "99999-12-31",
    "2026-02-30",
    "2026-W01-1",
    "20261124",
    "٢٠٢٦-١١-٢٤",
    "2026-11-24T00:00",
    "1582-10-10",
    "-2026-11-24",
    "24/11/2026",
)
ODD = (
    "null",
    "None",
    "undefined",
    "[]",
    "{}",
    "[1,2]",
    "true",
    "on",
    "../../etc/passwd",
    "//evil.example",
)
SURROGATES = ("\ud800", "a\udfff", "\udcff")
"""Text that cannot be sent as UTF-8 and comes as broken bytes."""

FIXED = (*MARKUP, *TEMPLATES, *SQL, *UNSEEN, *LONG, *NUMBERS, *DAYS, *ODD, *SURROGATES, "")
BROKEN_QUERIES = (
    "%",
    "%zz",
    "q=%ff%fe",
    "q=%ED%A0%80",
    "q=%00",
    "q[]=1&q[0]=2",
    "q=1&q=2&q=%C3",
    "&&&===;;",
    "q=" + "%25" * 3_000,
    "=x",
    "page=1&page=-1",
)


def texts() -> st.SearchStrategy[str]:
    """Return known nasties, and whatever else text can be."""
    mixed = st.tuples(st.sampled_from(FIXED), st.text(max_size=20)).map("".join)
    return st.sampled_from(FIXED) | mixed | st.text(max_size=60)


def encoded(text: str) -> str:
    """Return the text as a browser, or something worse, would put it into an address."""
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))
