"""One thing has one name in Chinese: the words that shops say, and not their neighbours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from receipts.catalogues import texts

# What is not said -> what is said instead. A word may hide in another one: cash is 缴款, not 缴存.
INSTEAD = {
    "付款方式": "收款方式", "支付方式": "收款方式", "类别": "分类", "口令": "PIN 码", "您": "你",
    "缴存": "缴款", "缴库": "缴款", "收银机": "收银台", "取消整单(?!的)|(?<!作)废单": "整单取消",
    "撤下(一笔)?付款|付款时|的付款(?!码|单)": "收款", "批准": "授权", "审批授权": "授权",
    "零售价|销售价|卖价(?!=)": "售价", "进货价|成本价": "进价", "锁定码|覆盖码": "授权码",
}  # fmt: skip


@pytest.mark.parametrize("word", INSTEAD)
def test_a_thing_has_one_name(root: Path, word: str) -> None:
    said = {msgid: text for msgid, text in texts("zh").items() if re.search(word, text)}
    assert not said, f"say {INSTEAD[word]}"
    pages = [
        f"{page.name}:{number}"
        for page in sorted((root / "docs" / "zh").glob("*.md"))
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(word, line)
    ]
    assert not pages, f"say {INSTEAD[word]}"
