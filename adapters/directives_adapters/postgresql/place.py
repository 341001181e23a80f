"""Where a register lies in PostgreSQL: its URL, and the settings that libpq makes of it."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from directives_core.errors import BadValue
from directives_core.language import Phrase

__all__ = ["Place", "place_of"]

_EXPECTED = "postgresql://[user@]host[:port]/database?register=NAME"
_NAME_LENGTH = 200

# A server that no longer answers is given up after this long, unless the URL says otherwise. libpq itself would wait
# for as long as the system keeps a connection open: hours.
_PATIENCE = {
    "connect_timeout": "10",
    "tcp_user_timeout": "15000",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "fallback_application_name": "directives",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The name of a register, how its database is reached, and `where` that is in words, without secrets."""

    register: str
    settings: dict[str, str]
    where: str


def place_of(url: str) -> Place:
    """The place that a URL names. What is not in it is left to libpq: `PGPASSWORD`, `~/.pgpass`, `PGHOST`, `sslmode`.

    Raises:
        BadValue: it names no register, or libpq does not know a setting in it.
    """
    front, _, query = url.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    names = [value for key, value in pairs if key == "register"]
    # The driver's own message would repeat the URL, and with it a password.
    refused = BadValue(Phrase("URL of a register"), f"{_without_user(front)}?…", expected=_EXPECTED)
    if len(names) != 1 or not _will_do(names[0]) or "#" in url:
        raise refused
    rest = urlencode([(key, value) for key, value in pairs if key != "register"], quote_via=quote)
    try:
        given = conninfo_to_dict(f"{front}?{rest}" if rest else front)
    except (psycopg.Error, UnicodeError):
        raise refused from None
    settings = _PATIENCE | {key: str(value) for key, value in given.items() if value is not None}
    return Place(names[0], settings, _where(settings, names[0]))


def _will_do(name: str) -> bool:
    return 0 < len(name) <= _NAME_LENGTH and name.isprintable() and name == name.strip()


def _where(settings: dict[str, str], register: str) -> str:
    host, port = settings.get("host", ""), settings.get("port", "")
    address = "" if host.startswith("/") else host  # a folder of sockets is no part of a name
    if port and "," not in address:
        address += f":{port}"
    return f"postgresql://{address}/{settings.get('dbname', '')}?register={register}"


def _without_user(front: str) -> str:
    scheme, slashes, rest = front.partition("://")
    return f"{scheme}{slashes}{rest.rpartition('@')[2]}"
