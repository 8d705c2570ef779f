"""The errors khopso raises on purpose.

Every message reads `what: where: why; what to do`, so that the person who sees it can act.
"""


class KhopsoError(Exception):
    """The base of all errors that stop a command with a message instead of a traceback."""


class SeedError(KhopsoError):
    """A row of reference data in `seeds/` is wrong. Stops the run.

    >>> str(SeedError("seeds/units.csv", 14, 'factor "1.000" is not a decimal; write 1000'))
    'seeds/units.csv:14: factor "1.000" is not a decimal; write 1000'
    """

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class UsageError(KhopsoError):
    """The command was called with arguments that make no sense (exit status 2)."""


class WarehouseError(KhopsoError):
    """The warehouse file cannot be opened, migrated or written (exit status 1)."""


class QualityGateClosed(KhopsoError):
    """A critical expectation failed: nothing was published (exit status 1)."""


class WarehouseBusy(WarehouseError):
    """Another process has the warehouse open; it may be free later."""
