"""Marks of Markdown and HTML that a text was left with: the words stay, the marks go.

A text scraped from a page, or written by hand as `.md`, opens headings with `##` and sets words in `**`; clauses and their
enumerators would begin with them.
"""

from __future__ import annotations

import re

Span = tuple[int, int]
OPENERS = re.compile(
    r"^[ \t　]{0,3}(?:\#{1,6}[ \t]+|>[ \t]?(?=\S)|[*+][ \t]+(?=\S))+(?=\S)|^[ \t]{0,3}(?:\*[ \t]*){3,}$", re.MULTILINE
)
"""What a line begins with (`## `, `> `, `* `), and rules across the page."""
PAIRED = re.compile(r"((?<![0-9])\*\*|(?<![\w*])\*(?!\*))(?=[^\s*、，。])([^*\n]{1,300}?)(?<=[^\s*、，])\1(?![0-9])")
"""Words between stars: `**新建水渠**`; not the masks of names (`张**、李**`) nor what is multiplied (`5*3*2米`)."""
INLINE = re.compile(
    r"</?(?:strong|span|font|b|i|u|em|a)(?:\s[^<>\n]{0,300})?>|&(?:nbsp|emsp|ensp|thinsp);", re.IGNORECASE
)
BLOCK = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|td|tr|th|table|tbody|section|article)(?:\s[^<>\n]{0,300})?/?>", re.IGNORECASE
)


def broken(text: str) -> str:
    """The text with line breaks in place of the tags of paragraphs, of the same length.

    >>> broken("新建水渠<br>改造泵站").split()
    ['新建水渠', '改造泵站']
    """
    return BLOCK.sub(lambda tag: "\n" * len(tag[0]), text) if "<" in text else text


def superfluous(text: str) -> list[Span]:
    """The marks of `text`, as half open spans in order, without overlap."""
    found = {match.span() for match in OPENERS.finditer(text)} if any(sign in text for sign in "#>*+") else set()
    if "*" in text:
        for pair in PAIRED.finditer(text):
            found |= {pair.span(1), (pair.end(2), pair.end())}
    if "<" in text or "&" in text:
        found.update(match.span() for match in INLINE.finditer(text))
    return apart(sorted(found))


def apart(spans: list[Span]) -> list[Span]:
    """Spans in order without those that begin before the one before them ends."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
