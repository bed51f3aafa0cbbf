"""The turns that a story takes: what is planned for the special days of one customer."""

from functools import partial

from demo.fortune import YUAN, Fortune
from demo.story import Story


class Turns:
    """Plans the special days of a fortune.

    Args:
        outlet_codes: Where the money of those who move house may go.
    """

    def __init__(self, outlet_codes: tuple[str, ...]) -> None:
        self._outlet_codes = outlet_codes

    def __call__(self, fortune: Fortune, start: int) -> None:
        """Plan what the fortune's story asks for; it begins on the day *start*."""
        if not fortune.is_firm:
            _festivals(fortune, start)
        if start < 0 and fortune.chance.happens(5):
            self._share(fortune, -1, fortune.chance.uniform(0.15, 0.45))
        match fortune.story:
            case Story.TRADER:
                fortune.at(fortune.chance.between(5, 40), partial(_buy_goods, fortune))
            case Story.HOUSE:
                fortune.at(_some_day(fortune), partial(_buy_house, fortune))
            case Story.WINDFALL:
                fortune.at(_some_day(fortune), partial(_windfall, fortune))
            case Story.LENDER:
                fortune.at(_some_day(fortune), partial(_lend, fortune))
            case Story.CLOSER:
                fortune.at(_some_day(fortune), fortune.close)
            case Story.MOVER:
                day, share = _some_day(fortune), fortune.chance.uniform(0.7, 1)
                outlet_code = self._share(fortune, day, share)
                fortune.at(day, lambda _: fortune.book.settle(outlet_code))

    def _share(self, fortune: Fortune, day: int, share: float) -> str:
        """Hold *share* of deposits at another outlet from *day* on; return its code."""
        outlet_code = fortune.chance.choice(self._outlet_codes)
        for product in ("demand", "time", "wealth"):
            fortune.at(day, partial(_move, fortune, product, outlet_code, share))
        return outlet_code


def _some_day(fortune: Fortune) -> int:
    return fortune.chance.between(20, fortune.span.last_day - 5)


def _move(fortune: Fortune, product: str, outlet_code: str, share: float, day: int) -> None:
    held = fortune.book.held_fen(product)
    fortune.book.move(day, product, outlet_code, int(held * share))


def _festivals(fortune: Fortune, start: int) -> None:
    """Spring Festival: migrants bring the year's pay home; most people take cash for presents."""
    chance = fortune.chance
    for festival in fortune.span.spring_festivals:
        if fortune.story is Story.MIGRANT:
            pay = chance.between(12, 90) * 1000 * YUAN
            paid_on = max(festival - chance.between(2, 24), start + 1)
            fortune.at(paid_on, partial(fortune.receive, fen=pay))
        if chance.happens(60):
            presents = chance.between(10, 80) * 100 * YUAN
            fetched_on = max(festival - chance.between(1, 12), start + 1)
            fortune.at(fetched_on, partial(fortune.pay, fen=presents))


def _buy_goods(fortune: Fortune, day: int) -> None:
    """A trader pays for goods, and is paid some weeks later."""
    chance = fortune.chance
    goods = fortune.book.take(
        day, "demand", int(fortune.book.held_fen("demand") * chance.uniform(0.3, 0.85))
    )
    takings = int(goods * chance.uniform(0.9, 1.16))
    back_on = day + chance.between(14, 70)
    fortune.at(back_on, partial(fortune.receive, fen=takings))
    fortune.at(back_on + chance.between(5, 30), partial(_buy_goods, fortune))


def _buy_house(fortune: Fortune, day: int) -> None:
    """A deposit is paid at once, the rest three weeks later."""
    share = fortune.chance.uniform(0.5, 0.93)
    paid = fortune.pay(day, int(fortune.book.total_fen() * 0.08))
    rest = int(fortune.book.total_fen() * share) - paid
    fortune.at(day + fortune.chance.between(14, 30), partial(fortune.pay, fen=rest))


def _windfall(fortune: Fortune, day: int) -> None:
    """Compensation or an inheritance comes in, and most of it is put into deposits."""
    chance = fortune.chance
    fen = max(
        int(fortune.wealth_fen * chance.uniform(0.8, 4)), chance.between(40, 300) * 1000 * YUAN
    )
    fortune.receive(day, fen)
    fortune.at(day + chance.between(2, 9), lambda due: fortune.buy(due, "time", int(fen * 0.6)))
    fortune.at(day + chance.between(4, 20), lambda due: fortune.buy(due, "wealth", int(fen * 0.25)))


def _lend(fortune: Fortune, day: int) -> None:
    """A good part is lent to a relative, and comes back after some months."""
    chance = fortune.chance
    lent = fortune.pay(day, int(fortune.book.total_fen() * chance.uniform(0.3, 0.75)))
    back_on = day + chance.between(55, 130)
    fortune.at(back_on, partial(fortune.receive, fen=lent))
    fortune.at(back_on + 5, lambda due: fortune.buy(due, "time", int(lent * 0.8)))
