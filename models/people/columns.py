"""The columns of a list of people as other programs write it: headings, and how a cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from models.base.texts import narrow, one_line
from models.base.words import word
from models.imports.import_kind import BadCell, Field, field_of, text_cell
from models.people.papers import ID_CARD, OTHER, PASSPORT
from models.people.persons import CHOICE_FIELDS, COMPANY, PERSON
from models.people.rules import TEXTS, PhoneWrong, TagsWrong, merged_tags, phone_of
from models.trust.sealed import Sealed

_YES = {"是", "1", "y", "yes", "true", "√", "有", "启用", "正常", "农历", "阴历"}
_NO = {"否", "0", "n", "no", "false", "×", "无", "停用", "禁用", "公历", "阳历"}
_KINDS = {
    "个人": PERSON, "person": PERSON, "散客": PERSON, "公司": COMPANY, "单位": COMPANY,
    "企业": COMPANY, "company": COMPANY,
}  # fmt: skip
_SEXES = {"男": "m", "m": "m", "male": "m", "先生": "m", "女": "f", "f": "f", "female": "f",
          "女士": "f"}  # fmt: skip
_PAPERS = {"身份证": ID_CARD, "id card": ID_CARD, "护照": PASSPORT, "passport": PASSPORT}
# How an export writes what the store keeps as a code.
KIND_WORDS = {PERSON: "个人", COMPANY: "公司"}
SEX_WORDS = {"m": "男", "f": "女"}
PAPER_WORDS = {ID_CARD: "身份证", PASSPORT: "护照", OTHER: "其他"}
_DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D*")
_NUMBER_LENGTH = 20


def _text(name: str, most: int | None = None) -> Callable[[str], str]:
    return text_cell(most or TEXTS[name])


def one_of(words: dict[str, str], other: str | None = None) -> Callable[[str], str]:
    """Reads one of some words as what it stands for."""

    def read(cell: str) -> str:
        found = words.get(narrow(one_line(cell)).lower(), other)
        if found is None:
            raise BadCell("bad_choice")
        return found

    return read


def read_phone(cell: str) -> Sealed:
    """A phone number, whole and not too long."""
    try:
        return phone_of("phone", narrow(one_line(cell)))
    except PhoneWrong:
        raise BadCell("bad_phone") from None


def _paper_number(cell: str) -> Sealed:
    return Sealed(one_line(cell))


def read_day(cell: str) -> date:
    """2026-11-23, 2026/11/23, 20261123, 1990年3月7日."""
    found = _DAY.fullmatch(narrow(one_line(cell)).partition(" ")[0])
    try:
        if found is None:
            raise BadCell("bad_date")
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise BadCell("bad_date") from None


def _flag(cell: str) -> bool:
    text = narrow(one_line(cell)).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise BadCell("bad_flag")


def _tags(cell: str) -> str:
    try:
        return merged_tags("", one_line(cell))
    except TagsWrong:
        raise BadCell("bad_tags") from None


def _choice(name: str, title: str, headings: str) -> Field:
    return field_of(name, title, _text(name, 40), headings)


# Of several columns for one field the one whose heading stands further to the left here is it.
FIELDS: tuple[Field, ...] = (
    field_of(
        "number",
        word("Number"),
        _text("number", _NUMBER_LENGTH),
        "客户编号 编号 会员编号 会员卡号 卡号 客户代码 customer_no customer_code customer_id",
        is_key=True,
    ),
    field_of("kind", word("Kind"), one_of(_KINDS), "客户性质 个人或公司 类型"),
    field_of(
        "name",
        word("Name"),
        _text("name"),
        "姓名 客户名称 客户姓名 客户 会员姓名 名称 公司名称 单位名称 供应商名称 customer full_name "
        "customer_name company_name",
    ),
    field_of(
        "other_name",
        word("Other name"),
        _text("other_name"),
        "别名 英文名 简称 english_name nickname",
    ),
    field_of(
        "phone",
        word("Phone"),
        read_phone,
        "电话 手机 手机号 手机号码 联系电话 电话号码 mobile tel telephone phone_number",
        is_private=True,
        is_key=True,
    ),
    field_of(
        "phone2",
        word("Second phone"),
        read_phone,
        "电话2 第二电话 固定电话 座机 办公电话 phone_2",
        is_private=True,
    ),
    field_of(
        "phone3",
        word("Third phone"),
        read_phone,
        "电话3 第三电话 家庭电话 phone_3",
        is_private=True,
    ),
    field_of("group", word("In group"), _text("group", 200), "分组 客户分组 所属分组 group_name"),
    _choice(
        "category", word("Category"), "类别 分类 客户类别 客户分类 客户类型 customer_type segment"
    ),
    _choice("level", word("Level"), "级别 客户级别 会员级别 会员等级 等级 grade"),
    field_of("tags", word("Tags"), _tags, "标签 客户标签 tag labels"),
    field_of("sex", word("Sex"), one_of(_SEXES), "性别 gender"),
    field_of("email", word("Mail"), _text("email"), "邮箱 电子邮箱 电子邮件 e-mail mail"),
    field_of("wechat", word("WeChat"), _text("wechat"), "微信 微信号"),
    _choice("province", word("Province"), "省份 省 state"),
    field_of("city", word("City"), _text("city"), "城市 市 所在城市"),
    field_of(
        "address", word("Address"), _text("address"), "地址 联系地址 通讯地址 详细地址 street"
    ),
    _choice("source", word("Source"), "来源 客户来源"),
    _choice("status", word("Status"), "状态 客户状态"),
    field_of("paper", word("ID type"), one_of(_PAPERS, OTHER), "证件类型 证件 id_type paper"),
    field_of(
        "paper_number",
        word("Its number"),
        _paper_number,
        "证件号 证件号码 身份证 身份证号 身份证号码 护照号 id_number passport_no",
        is_private=True,
        is_key=True,
    ),
    field_of("birthday", word("Birthday"), read_day, "生日 出生日期 birth_date date_of_birth"),
    field_of("is_lunar", word("Lunar"), _flag, "农历 是否农历 lunar"),
    field_of("family", word("Family"), _text("family"), "家庭 家庭情况"),
    field_of(
        "may_write", word("May write to"), _flag, "可发消息 可发短信 同意短信 接收短信 consent"
    ),
    field_of("may_show", word("Photos shown"), _flag, "可用照片 同意照片"),
    field_of("photo", word("Photo"), _text("photo"), "照片 头像 picture"),
    field_of("likes", word("Likes"), _text("likes"), "喜好 爱好 偏好 preferences"),
    field_of("health", word("Health"), _text("health"), "健康 健康情况 过敏"),
    field_of("income", word("Income"), _text("income"), "收入 收入水平"),
    _choice("company_type", word("Type of company"), "企业类型 公司类型"),
    _choice("company_nature", word("Ownership"), "企业性质 公司性质"),
    field_of(
        "tax_number",
        word("Tax number"),
        _text("tax_number"),
        "税号 纳税人识别号 统一社会信用代码 vat_number",
    ),
    field_of("wants", word("Wants"), _text("wants"), "需求 客户需求"),
    field_of(
        "product_kinds", word("Kinds wanted"), _text("product_kinds"), "所需品种 所需产品种类"
    ),
    field_of("product_used", word("Uses now"), _text("product_used"), "目前使用 目前使用的产品"),
    field_of("notes", word("Notes"), _text("notes"), "备注 说明 remark remarks comment"),
    field_of("pinyin", word("Initials"), _text("pinyin"), "拼音码 助记码 拼音首字母 mnemonic"),
    field_of("is_active", word("In use"), _flag, "在用 是否启用 启用 active"),
)
CHOICES = tuple(CHOICE_FIELDS)
