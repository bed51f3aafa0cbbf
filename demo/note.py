"""What staff write after they have approached a customer."""

from demo.chance import Chance
from demo.words import words
from domain.activity import ActivityKind, ActivityOutcome

FARMING = frozenset({"务农", "水产养殖", "果蔬种植大户"})
TRADING = frozenset({"个体经营", "私营企业主", "建筑包工", "网店店主", "货运司机"})
NOTED_ANYWAY_PCT = {ActivityKind.CALL: 85, ActivityKind.VISIT: 96}
NOTED_OTHERWISE_PCT = 24  # messages mostly go without a word, as forms are left blank


def topic(occupation: str, assets_change_pct: float, chance: Chance) -> str:
    """Return what a call is about.

    Args:
        occupation: As in the customer file; empty for a firm.
        assets_change_pct: How the newest quarter's average changed on the one before.
        chance: Draws among what fits.
    """
    if assets_change_pct < -25 and chance.happens(60):
        return "outflow"
    if assets_change_pct > 25 and chance.happens(60):
        return "inflow"
    own: dict[str, float] = {"maturing": 26, "wealth": 24, "family": 22}
    if occupation in FARMING:
        own["farm"] = 30
    elif occupation in TRADING or not occupation:
        own["trade"] = 34
    elif occupation.startswith("退休") or occupation == "居家养老":
        own["pension"] = 34
    return chance.weighted(own)


def note(
    kind: ActivityKind, outcome: ActivityOutcome, about: str, chance: Chance, **fillings: str
) -> str:
    """Return a note that fits, or nothing where people write nothing.

    Args:
        kind: How the customer was approached.
        outcome: What came of it.
        about: The topic; what is not written about in this way is written about in general.
        chance: Draws among the sentences and what fills them.
        fillings: Words for the braces, instead of drawn ones; like ``festival``.
    """
    is_plain = outcome in (ActivityOutcome.REACHED, ActivityOutcome.UNREACHED)
    if is_plain and not chance.happens(NOTED_ANYWAY_PCT.get(kind, NOTED_OTHERWISE_PCT)):
        return ""
    by_topic: dict[str, list[str]] = words("notes")[kind.value].get(outcome.value, {})
    if not by_topic:
        return ""
    sentences = by_topic.get(about) or by_topic.get("any") or by_topic["wealth"]
    return filled(chance.choice(sentences), words("notes")["fillings"], chance, fillings)


def filled(
    sentence: str, lists: dict[str, list[str]], chance: Chance, fillings: dict[str, str]
) -> str:
    """Return *sentence* with a word from the list of that name for each pair of braces."""
    drawn = {name: chance.choice(choices) for name, choices in lists.items()}
    return sentence.format_map({**drawn, **fillings})
