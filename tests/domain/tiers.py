"""The four tiers of the main rule book, spelled out so that tests show the bars they speak of."""

from domain.tier import Tier
from domain.words import Words

TIERS = (
    Tier("vip", 1, Words("贵宾", "VIP"), 5_000_000, 20_000_000, "第五条(一)"),
    Tier("gold", 2, Words("黄金", "Gold"), 20_000_000, 50_000_000, "第五条(二)"),
    Tier("platinum", 3, Words("白金", "Platinum"), 50_000_000, 100_000_000, "第五条(三)"),
    Tier("diamond", 4, Words("钻石", "Diamond"), 100_000_000, None, "第五条(四)"),
)
