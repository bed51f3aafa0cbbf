"""What may happen to a household's money in a year and a half, and to whom it happens."""

from enum import StrEnum

from demo.chance import Chance


class Story(StrEnum):
    """The turn that a customer's money takes."""

    STEADY = "steady"  # lives within their means, keeps what there is
    SAVER = "saver"  # puts something aside every month
    DECLINER = "decliner"  # lives on savings, or helps the children
    MIGRANT = "migrant"  # the family comes home with the year's pay before Spring Festival
    TRADER = "trader"  # money goes out for goods and comes back
    HOUSE = "house"  # buys a flat, for themselves or a son
    WINDFALL = "windfall"  # land compensation, an inheritance, a house sold
    LENDER = "lender"  # takes a good part out for some months, and brings it back
    ARRIVER = "arriver"  # opens their first account in these months
    CLOSER = "closer"  # takes everything to another bank
    MOVER = "mover"  # moves house, and the money follows to another outlet


_PERSONS: dict[Story, float] = {
    Story.STEADY: 44,
    Story.SAVER: 14,
    Story.DECLINER: 11,
    Story.HOUSE: 4,
    Story.WINDFALL: 4,
    Story.LENDER: 7,
    Story.ARRIVER: 8,
    Story.CLOSER: 3,
    Story.MOVER: 2,
}
_OF_A_TRADE: dict[str, dict[Story, float]] = {
    "外出务工": {Story.MIGRANT: 130},
    "务农": {Story.MIGRANT: 30},
    "居家养老": {Story.MIGRANT: 12, Story.DECLINER: 10},
    "个体经营": {Story.TRADER: 34},
    "私营企业主": {Story.TRADER: 60},
    "建筑包工": {Story.TRADER: 50, Story.MIGRANT: 20},
    "水产养殖": {Story.TRADER: 40},
    "果蔬种植大户": {Story.TRADER: 40},
}
_FIRMS: dict[Story, float] = {
    Story.TRADER: 60,
    Story.STEADY: 25,
    Story.ARRIVER: 8,
    Story.DECLINER: 5,
    Story.CLOSER: 2,
}

# A month's change of all they have, in percent, from and to.
MONTHLY_CHANGE_PCT: dict[Story, tuple[float, float]] = {
    Story.SAVER: (1.2, 5.5),
    Story.DECLINER: (-4.5, -1.2),
    Story.MIGRANT: (-2.5, -0.5),
    Story.ARRIVER: (-0.5, 3.0),
}
ANY_MONTHLY_CHANGE_PCT = (-0.5, 0.8)


def story_of_person(occupation: str, chance: Chance) -> Story:
    """Return what happens to somebody of that occupation."""
    return chance.weighted(_PERSONS | _OF_A_TRADE.get(occupation, {}))


def story_of_firm(chance: Chance) -> Story:
    """Return what happens to a company's or an institution's money."""
    return chance.weighted(_FIRMS)
