"""All accounts of one customer: money goes in and out, accounts are opened and closed with it."""

from demo.account import Account


class Book:
    """What one customer holds, by outlet and product.

    Args:
        customer_no: As in the delivery, ``C990000001``; account numbers are made from it.
        outlet_code: Where accounts are opened at first.
    """

    def __init__(self, customer_no: str, outlet_code: str) -> None:
        self.accounts: list[Account] = []
        self._outlet_code = outlet_code
        self._digits = customer_no[1:]

    def put(self, day: int, product: str, fen: int) -> None:
        """Pay *fen* into the account of that product, opening one if there is none."""
        for account in self._open(product):
            if account.outlet_code == self._outlet_code:
                account.add(day, fen)
                return
        number = f"A{self._digits}{len(self.accounts):02d}"
        account = Account(number, self._outlet_code, product)
        account.add(day, fen)
        self.accounts.append(account)

    def take(self, day: int, product: str, fen: int) -> int:
        """Take out *fen*, or what there is of the product; return how much it was.

        An account other than a demand account is closed once it is empty.
        """
        missing = fen
        for account in self._open(product):
            taken = min(account.balance_fen, missing)
            if taken > 0:
                account.add(day, -taken)
                missing -= taken
            if account.balance_fen == 0 and product != "demand":
                account.closed_on = day
        return fen - missing

    def close(self, day: int) -> None:
        """Take everything out and close all accounts."""
        for account in self.accounts:
            if account.closed_on is None:
                account.add(day, -account.balance_fen)
                account.closed_on = day

    def held_fen(self, product: str) -> int:
        """Return what there is of one product, at all outlets."""
        return sum(account.balance_fen for account in self._open(product))

    def total_fen(self) -> int:
        """Return all that the customer holds."""
        return sum(account.balance_fen for account in self.accounts)

    def move(self, day: int, product: str, outlet_code: str, fen: int) -> None:
        """Move *fen* of one product to another outlet."""
        taken = self.take(day, product, fen)
        here, self._outlet_code = self._outlet_code, outlet_code
        if taken:
            self.put(day, product, taken)
        self._outlet_code = here

    def settle(self, outlet_code: str) -> None:
        """Open accounts at that outlet from now on."""
        self._outlet_code = outlet_code

    def _open(self, product: str) -> list[Account]:
        return [
            account
            for account in self.accounts
            if account.product == product and account.closed_on is None
        ]
