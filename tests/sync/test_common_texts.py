"""This file tells that the texts cells share say the same straight from the bytes as element by element."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sync.opening import common_texts
from sync.opening.common_texts import texts
from sync.opening.plain_rows import NotPlain

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = (
    "<si><t>Red</t></si>", '<si><t xml:space="preserve"> two\nlines </t></si>\n', "<si><t>a &amp; b &#10;c</t></si>",
    "<si><t>_x000D_ _x005F_x000D_</t></si>", "<si><t/></si>", "<si/>", "<si><t></t></si>",
    "<si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r></si>", "<si><!-- x --><t>after</t></si>",
    '<si><t>漢字</t><rPh sb="0" eb="1"><t>かんじ</t></rPh></si>', "<si><t><![CDATA[<si>]]></t></si>",
    "<si >\n<t>x</t></si>", "<x/>", "<si><t>line\r\nend</t></si>",
)  # fmt: skip


def element_by_element(xml):
    def never(xml):
        raise NotPlain

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(common_texts, "_plain_ones", never)
        return texts(xml)


@given(st.lists(st.sampled_from(TEXTS), max_size=5))
def test_any_texts_are_read_the_same_both_ways(some):
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{MAIN}">{"".join(some)}<extLst/></sst>'.encode()
    assert texts(xml) == element_by_element(xml)


def test_texts_with_another_prefix_are_read():
    assert texts(f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>Red</x:t></x:si></x:sst>'.encode()) == ["Red"]


def test_a_workbook_without_common_texts_has_none():
    assert texts(None) == []


def test_texts_that_are_not_well_formed_are_not_read_by_their_looks():
    with pytest.raises(etree.XMLSyntaxError):
        texts(f'<sst xmlns="{MAIN}"><si><t>Red</t></si><si><t>Amber</si></sst>'.encode())
