"""Masks show no more than they may, and a masked value is known when it comes back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from tests.domain.test_identity import resident_ids
from tests.vault.vaults import fields
from vault.field import Field, Mask
from vault.mask import HIDDEN, ensure_clear, is_masked, mask, masker
from vault.registry import (
    ACTIVITY_NOTE,
    ADDRESS,
    AMOUNTS,
    BIRTH_DATE,
    COMPLAINT_TEXT,
    FIELDS,
    ID_NUMBER,
    NAME,
    OCCUPATION,
    PHONE,
    TOTP_SECRET,
)

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12)
STREETS = [
    "解放路",
    "中山街",
    "幸福巷",
    "学府弄",
    "3号",
    "12栋",
    "五号楼",
    "2单元",
    "101室",
    "牛山镇",
    "和平村",
    "幸福小区",
    "阳光花园",
    "锦绣家园",
]
PLACES = [
    "海州市",
    "江苏省",
    "东区",
    "浦东新区",
    "东海县",
    "昆山市",
    "市中区",
    "经济技术开发区",
    "积石山保安族东乡族撒拉族自治县",
]
addresses = st.lists(st.one_of(st.sampled_from(STREETS + PLACES), HAN), max_size=6).map("".join)


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        (NAME, "李梅丽", "李**"),
        (NAME, "张三", "张**"),
        (NAME, "阿依古丽·买买提", "阿**"),
        (NAME, " 李梅丽", "李**"),
        (PHONE, "13812345678", "138****5678"),
        (PHONE, "+8613812345678", "+86*******5678"),
        (PHONE, "051885501234", "051*****1234"),
        (ID_NUMBER, "990724195302243384", "990724195302******"),
        (ID_NUMBER, "990703470814198", "990703470******"),
        (ID_NUMBER, "E12345678", "E12******"),
        (BIRTH_DATE, "1953-02-24", "1953-**-**"),
        (ADDRESS, "海州市西区建设路396号8室", "海州市西区****"),
        (ADDRESS, "江苏省海州市西区建设路396号", "江苏省海州市西区****"),
        (ADDRESS, "东海县牛山镇和平路1号", "东海县****"),
        (ADDRESS, "新疆维吾尔自治区乌鲁木齐市天山区解放路", "新疆维吾尔自治区乌鲁木齐市天山区****"),
        (ADDRESS, "江苏省苏州市昆山市玉山镇", "江苏省苏州市昆山市****"),
        (ADDRESS, "枣庄市市中区解放路", "枣庄市市中区****"),
        (ADDRESS, "荆州市沙市区北京路", "荆州市沙市区****"),
        (ADDRESS, "哈尔滨市道里区中央大街", "哈尔滨市道里区****"),
        (ADDRESS, "上海市浦东新区世纪大道", "上海市浦东新区****"),
        (ADDRESS, "北京市石景山区八角北路", "北京市石景山区****"),
        (ADDRESS, "连云港经济技术开发区长江路", "连云港经济技术开发区****"),
        (
            ADDRESS,
            "内蒙古自治区锡林郭勒盟东乌珠穆沁旗乌里雅斯太镇",
            "内蒙古自治区锡林郭勒盟东乌珠穆沁旗****",
        ),
        (ADDRESS, "海州市幸福小区3栋", "海州市****"),
        (ADDRESS, "海州市花园东区3栋", "海州市****"),
        (ADDRESS, "海州市西区幸福花园3栋", "海州市西区****"),
        (ADDRESS, "海州市西区和平小区3栋", "海州市西区****"),
        (ADDRESS, "海州市幸福小区市中区", "海州市****"),
        (ADDRESS, "海州市人民路幸福小区3栋", "海州市****"),
        (ADDRESS, "海州市新坝乡东区", "海州市****"),
        (ADDRESS, "人民路1号", "****"),
        (ADDRESS, "菜市场路12号", "****"),
        (OCCUPATION, "医生", "****"),
        (ACTIVITY_NOTE, "客户说女儿要结婚", "****"),
        (COMPLAINT_TEXT, "排队太久", "****"),
        (TOTP_SECRET, "JBSWY3DPEHPK3PXP", "****"),
        (AMOUNTS, "25000000", "200000-500000"),
    ],
)
def test_a_mask_shows_what_it_may(field: Field, text: str, shown: str) -> None:
    assert mask(field, text) == shown == masker(field)(text)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (NAME, ""),
        (NAME, "李"),
        (NAME, " "),
        (PHONE, ""),
        (PHONE, "95580"),
        (PHONE, "1381234567"),
        (ID_NUMBER, ""),
        (ID_NUMBER, "123456"),
        (BIRTH_DATE, ""),
        (BIRTH_DATE, "1953"),
        (BIRTH_DATE, "1953-02"),
        (BIRTH_DATE, "24.02.1953"),
        (BIRTH_DATE, "1953-02-24\n"),
        (ADDRESS, ""),
        (ADDRESS, "西"),
    ],
)
def test_a_value_shorter_than_its_masks_window_is_masked_whole(field: Field, text: str) -> None:
    assert mask(field, text) == HIDDEN


@given(st.text(min_size=1))
def test_a_name_shows_its_first_character_and_not_its_length(name: str) -> None:
    shown = mask(NAME, name)

    assert shown in (HIDDEN, f"{name.strip()[:1]}**")


@given(st.text(min_size=11, max_size=30))
def test_a_phone_number_shows_seven_characters_and_hides_four_or_more(phone: str) -> None:
    shown = mask(PHONE, phone)

    assert shown == phone[:3] + "*" * (len(phone) - 7) + phone[-4:]
    assert len(phone) - 7 >= 4


@given(st.text(max_size=30))
def test_an_id_number_hides_six_characters(number: str) -> None:
    shown = mask(ID_NUMBER, number)

    assert shown == (number[:-6] + "******" if len(number) > 6 else HIDDEN)


@given(resident_ids())
def test_a_masked_id_number_and_a_masked_birth_date_leave_ten_thousand_guesses(
    number: str,
) -> None:
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"

    shown = mask(ID_NUMBER, number) + mask(BIRTH_DATE, born)

    assert set(re.sub(r"[*-]", "", shown)) <= set(number[:12])
    assert shown == f"{number[:12]}******{number[6:10]}-**-**"


@given(st.dates())
def test_a_birth_date_shows_its_year(born: object) -> None:
    text = str(born)

    assert mask(BIRTH_DATE, text) in (f"{text[:4]}-**-**", HIDDEN)


@given(addresses)
def test_an_address_shows_a_beginning_that_holds_no_street(address: str) -> None:
    shown = mask(ADDRESS, address)

    assert shown.endswith(HIDDEN)
    place = shown.removesuffix(HIDDEN)
    assert address.startswith(place)
    assert not place or re.search("(省|市|区|县|旗|州|盟)$", place)
    assert not set(place) & set("路街巷弄号栋楼幢室0123456789")
    assert "小区" not in place
    assert "花园" not in place


@given(st.text(max_size=60))
def test_an_address_of_any_text_shows_a_beginning_at_most(address: str) -> None:
    place = mask(ADDRESS, address).removesuffix(HIDDEN)

    assert address.strip().startswith(place)


@given(st.sampled_from([each for each in FIELDS if each.mask is Mask.WHOLE]), st.text())
def test_what_is_masked_whole_shows_nothing(field: Field, text: str) -> None:
    assert mask(field, text) == HIDDEN


# -- masked values that come back ----------------------------------------------------------------


@given(fields, st.text(max_size=40))
def test_a_masked_value_is_known_when_it_is_saved_back(field: Field, text: str) -> None:
    masked = mask(field, text)

    assert is_masked(masked, field)
    assert is_masked(masked)
    with pytest.raises(RuleBroken) as refused:
        ensure_clear(field, masked)
    assert refused.value.code == "MASKED_VALUE"


@pytest.mark.parametrize("text", ["李＊＊", "李﹡", "李*", "138＊＊＊＊5678", " **** "])
def test_a_mask_in_other_letters_is_known_too(text: str) -> None:
    assert is_masked(text, NAME)


@pytest.mark.parametrize("text", ["李梅丽", "A-1", "", "海州市西区建设路396号8室", "E12345678"])
def test_a_value_in_clear_is_not_taken_for_a_masked_one(text: str) -> None:
    assert not is_masked(text)
    for field in FIELDS:
        assert not is_masked(text, field)


def test_a_note_may_hold_asterisks() -> None:
    ensure_clear(ACTIVITY_NOTE, "客户说**很重要**")

    assert is_masked("****", ACTIVITY_NOTE)
