"""This file writes the words of notes among those that a sheet has already."""

from collections.abc import Mapping
from html import escape

from sync.ooxml.edits import Refused
from sync.ooxml.markup import attributes, element_end, first_tag, is_closed, needed_tag, prefix, replaced, tags
from sync.ooxml.text import LONGEST, escaped
from sync.ooxml.text import words as plain_words

AUTHOR = "Improvement plan"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{}"><authors></authors><commentList></commentList></comments>'
)


def with_comments(xml: bytes | None, words: Mapping[str, str], namespace: str) -> tuple[bytes, tuple[str, ...]]:
    """The sheet's notes with these words on these cells, and the cells that had no note before.

    A cell's own note keeps its words and their look; ours come under them, unless it says them already.
    """
    comments = _opened(xml or _EMPTY.format(namespace).encode(), "authors", "commentList")
    start = prefix(comments)
    comments, author = _with_author(comments, start)
    kept: list[bytes] = []
    done, waiting = 0, dict(words)
    for tag in tags(comments, "comment"):
        said = waiting.pop(attributes(tag[0]).get("ref", ""), None)
        end = element_end(comments, tag)
        if said is not None and said not in plain_words(comments[tag.start() : end]):
            kept += [comments[done : tag.start()], _longer(comments[tag.start() : end], said, start)]
            done = end
    new = b"".join(
        b'<%bcomment ref="%b" authorId="%d"><%btext>%b</%btext></%bcomment>' % (
            start, cell.encode(), author, start, _run(said, start), start, start,
        )
        for cell, said in waiting.items()
    )  # fmt: skip
    return _at_end_of(b"".join([*kept, comments[done:]]), "commentList", new), tuple(waiting)


def _opened(xml: bytes, *names: str) -> bytes:
    """The document with these elements open even where they are empty."""
    for name in names:
        tag = needed_tag(xml, name)
        if is_closed(tag[0]):
            opening = tag[0][:-2].rstrip() + b">"
            xml = replaced(xml, tag, opening + b"</%b%b>" % (prefix(xml), name.encode()))
    return xml


def _with_author(xml: bytes, start: bytes) -> tuple[bytes, int]:
    """The notes with us among their authors, and our number there."""
    own = b">%b</%bauthor>" % (AUTHOR.encode(), start)
    for number, tag in enumerate(tags(xml, "author")):
        if xml[tag.end() - 1 :].startswith(own):
            return xml, number
    count = sum(1 for _ in tags(xml, "author"))
    return _at_end_of(xml, "authors", b"<%bauthor" % start + own), count


def _at_end_of(xml: bytes, name: str, new: bytes) -> bytes:
    end = xml.rindex(b"</", 0, element_end(xml, needed_tag(xml, name)))
    return xml[:end] + new + xml[end:]


def _run(words: str, start: bytes) -> bytes:
    if len(words.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
        raise Refused("A note is longer than a workbook can hold. Nothing was changed.")
    text = escape(escaped(words), quote=False).encode("utf-8")
    return b'<%br><%bt xml:space="preserve">%b</%bt></%br>' % (start, start, text, start, start)


def _longer(comment: bytes, words: str, start: bytes) -> bytes:
    """One note with more words under its own."""
    comment = _opened(comment, "text") if first_tag(comment, "text") else comment
    tag = needed_tag(comment, "text")
    close = comment.rindex(b"</", 0, element_end(comment, tag))
    inside = comment[tag.end() : close]
    plain = first_tag(inside, "t")
    if plain is not None and first_tag(inside, "r") is None:
        whole = inside[plain.start() : element_end(inside, plain)]
        own = b"<%br>%b</%br>" % (start, whole, start)
        inside = inside[: plain.start()] + own + inside[element_end(inside, plain) :]
    ends = [element_end(inside, run) for run in tags(inside, "r")]
    after = max(ends, default=0)
    longer = inside[:after] + _run(f"\n\n{words}" if ends else words, start) + inside[after:]
    return comment[: tag.end()] + longer + comment[close:]
