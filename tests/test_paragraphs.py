"""The check of paragraphs: what it finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.paragraphs import breaks, paragraphs

BROKEN = '''"""Title of the file.

A sentence of this paragraph was broken
here and goes on behind the end of its line, where there was room.
"""
'''
IN_A_COMMENT = """
# A comment that was broken
# in the middle, although the rest of it would have stood on the line.
"""
A_LIST = '''"""Title.

- one thing
- another thing, with more words than the first of them
"""
'''
A_TABLE = '''"""Title.

name    meaning
one     the first of them, in columns that stand below each other
"""
'''
IN_QUOTES = '''
TEXT = """
# A comment in quotes that breaks
# in the middle is somebody's text, and no comment.
"""
'''


@pytest.mark.parametrize(
    ("source", "is_broken"),
    [(BROKEN, True), (IN_A_COMMENT, True), (A_LIST, False), (A_TABLE, False), (IN_QUOTES, False)],
)
def test_a_sentence_broken_in_the_middle_is_found(source: str, is_broken: bool) -> None:
    assert any(breaks(run) for _, run in paragraphs(source)) == is_broken
