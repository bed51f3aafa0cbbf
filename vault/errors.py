"""What can be wrong with something sealed, a key, or the registry."""


class SealBroken(Exception):
    """Something sealed does not open here: moved, altered, cut, or under another key.

    The message names the place and never the value; there is one exception for every cause, so
    that whoever alters cells learns nothing from the answer.
    """


class KeyShredded(SealBroken):
    """The key of this customer is gone, and with it what it sealed: for ever."""


class RingKeyUnknown(SealBroken):
    """The ring key that wraps this key is not loaded: load the key ring again, or it is gone."""


class VaultClosed(SealBroken):
    """The vault has been closed and its keys are dropped."""


class NotSealable(ValueError):
    """This text has no place behind a seal: it is not Unicode text that can be written as UTF-8."""


class KekUnusable(Exception):
    """The key-encrypting key cannot be had; the message tells an operator what to mend."""


class RegistryUnsound(Exception):
    """The registry of sensitive fields contradicts itself or gives a value away.

    Args:
        faults: One sentence a fault.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("The registry of sensitive fields is unsound:\n- " + "\n- ".join(faults))
        self.faults = faults
