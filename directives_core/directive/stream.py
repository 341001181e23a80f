"""The streams that the events of directives are kept in, one for each."""

__all__ = ["directive_stream", "number_in"]

_DIRECTIVE = "directive:"


def directive_stream(number: int) -> str:
    """The stream of a directive."""
    return f"{_DIRECTIVE}{number}"


def number_in(stream: str) -> int | None:
    """The number of the directive whose events a stream keeps; none where it keeps something else."""
    return int(stream.removeprefix(_DIRECTIVE)) if stream.startswith(_DIRECTIVE) else None
