"""How far an address may be shown: province, city, and district or county; never the street.

A name that might belong to a street, a village or a housing estate ends the search: rather the
city alone than a word too much. There is no gazetteer here, so an estate that calls itself a
district in words we do not know (海州市锦绣东区) is taken for one.
"""

import re
from typing import Final

_HAN: Final = "\u3007\u3400-\u9fff"
_PLACE_WORD: Final = f"[{_HAN}](?<![路街巷弄号栋楼幢室])"
_INNER: Final = f"(?:{_PLACE_WORD}(?<![村镇乡道里])|[乡道里](?=[区县]))"
_ESTATE: Final = re.compile(
    "花园|家园|公寓|苑|宿舍|家属|住宅|生活|大厦|广场|别墅|工业|市场|[小社园校厂学景库片]区"
)

_PROVINCE: Final = re.compile(
    "(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川"
    "|贵州|云南|陕西|甘肃|青海|台湾)省"
    "|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:香港|澳门)特别行政区"
)
_CITIES: Final = tuple(
    re.compile(f"(?:{_PLACE_WORD}){{{fewest},{most}}}?{suffix}")
    for fewest, most, suffix in (
        (2, 4, "市(?![场区])"),
        (2, 5, "地区"),
        (2, 10, "自治州"),
        (2, 4, "盟"),
    )
)
_DISTRICTS: Final = tuple(
    re.compile(f"{_PLACE_WORD}{inner}{{{fewest},{most}}}?{suffix}")
    for inner, fewest, most, suffix in (
        (_INNER, 0, 3, "区"),
        (_INNER, 1, 7, "开发区"),
        (_INNER, 0, 3, "县"),
        (f"(?:{_PLACE_WORD})", 2, 13, "自治[县旗]"),
        (_INNER, 1, 4, "旗"),
        (_INNER, 1, 3, "市(?!场)"),
    )
)


def district_end(address: str) -> int:
    """Return how many characters of *address* lead to its district; 0 if no place is recognised."""
    province = _PROVINCE.match(address)
    at = province.end() if province else 0
    for kinds in (_CITIES, _DISTRICTS):
        found = [place for kind in kinds if (place := kind.match(address, at))]
        at = min((place.end() for place in found if not _ESTATE.search(place[0])), default=at)
    return at
