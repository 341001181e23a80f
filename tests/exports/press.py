"""Exports one moment of a register in every format and language, and prints the hashes: run as a process of its own."""

import hashlib
import io
import json
import sys

from directives_adapters import open_register
from directives_adapters.exports import FORMATS, Excerpt, export
from directives_core.language import LANGUAGES, speaking


def main(url: str, at: str) -> None:
    hashes = {}
    with open_register(url) as register:
        view = register.as_of(at)
        for format_ in FORMATS:
            for language in LANGUAGES:
                out = io.BytesIO()
                with speaking(language):
                    export(format_, Excerpt(register, view), out)
                hashes[f"{format_} {language}"] = hashlib.sha256(out.getvalue()).hexdigest()
    sys.stdout.write(json.dumps(hashes))


if __name__ == "__main__":
    main(*sys.argv[1:])
