"""Why a text is refused. Plain `ValueError`s: whoever asked knows what to tell its author."""


class TextRefused(ValueError):
    """The text cannot be taken as it is."""


class TextTooLong(TextRefused):
    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, where {limit} fit")
        self.length = length
        self.limit = limit


class TextTooDense(TextRefused):
    """So much markup, for its length, that drawing it would keep everybody else waiting."""
