"""What fuzzing once found worth keeping is read or refused still: every input of the corpus, for every target."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.targets import SEEDS, TARGETS

CORPUS = Path(__file__).parent / "corpus"


def inputs(name: str) -> Iterator[bytes]:
    yield from SEEDS[name]
    yield from (file.read_bytes() for file in sorted((CORPUS / name).glob("*")))


@pytest.mark.parametrize("name", TARGETS)
def test_every_kept_input_is_read_or_refused(name: str) -> None:
    kept = list(inputs(name))

    for data in kept:
        TARGETS[name](data)

    assert len(kept) > 10
