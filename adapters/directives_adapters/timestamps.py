"""Time stamp authorities of RFC 3161: asking one over HTTP, and reading stamps by the certificates that are trusted."""

import datetime as dt
import http.client
import time
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from directives_core.errors import BadValue, CheckFailed, NoTimeStamp, NotInstalled
from directives_core.language import Phrase
from directives_core.proof.timestamps import Stamp, StampReader

if TYPE_CHECKING:
    from rfc3161_client import TimeStampRequest, TimeStampResponse

__all__ = ["TimeStampServer", "stamp_reader"]

_MOST_BYTES = 100_000  # a response with its certificates takes some 2,000 to 8,000
_SECONDS = 10.0
_PIECE = 8_192


class _NoRedirects(HTTPRedirectHandler):
    """A server that was configured answers itself, or not at all."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""
        return


class TimeStampServer:
    """An authority at a URL of http or https.

    Args:
        url: where it answers.
        timeout_seconds: how long asking may take altogether.

    Raises:
        BadValue: it is no such URL.
    """

    def __init__(self, url: str, *, timeout_seconds: float = _SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadValue(
                Phrase("time stamp server"), url, expected=Phrase("a URL that begins with http:// or https://")
            )
        self.url, self.name, self._timeout_seconds = url, parts.hostname, timeout_seconds

    def stamp(self, message: bytes) -> bytes:
        """See `Stamper`: the response is one over the message and to this very question; who signed it, verifying says.

        Raises:
            NoTimeStamp: the server is away, slow, refuses, or answers something else.
            NotInstalled: the extra `timestamps` is missing.
        """
        library = _library()
        builder = library.TimestampRequestBuilder().data(message).hash_algorithm(library.HashAlgorithm.SHA256)
        asked: TimeStampRequest = builder.build()
        answer = self._answer(asked.as_bytes())
        try:
            response: TimeStampResponse = library.decode_timestamp_response(answer)
            if response.status != 0:
                raise NoTimeStamp(self.name, why=Phrase("it refuses: {said}", said=", ".join(response.status_string)))
            found = response.tst_info
            fits = (found.message_imprint.message, found.nonce) == (asked.message_imprint.message, asked.nonce)
        except ValueError as error:
            raise NoTimeStamp(self.name, why=Phrase("its answer is no time stamp")) from error
        if not fits:
            raise NoTimeStamp(self.name, why=Phrase("its answer is one to another question"))
        return answer

    def _answer(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = Request(self.url, data=body, headers=headers, method="POST")  # noqa: S310 - http or https: see above
        until = time.monotonic() + self._timeout_seconds
        try:
            with build_opener(_NoRedirects).open(request, timeout=self._timeout_seconds) as response:
                answer = b""
                while piece := response.read1(_PIECE):
                    answer += piece
                    if len(answer) > _MOST_BYTES:
                        raise NoTimeStamp(self.name, why=Phrase("its answer is longer than any time stamp"))
                    if time.monotonic() > until:
                        raise TimeoutError(Phrase("it answers too slowly"))
                return answer
        except HTTPError as error:
            error.close()
            raise NoTimeStamp(self.name, why=Phrase("it answers with status {code}", code=error.code)) from error
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            why = str(getattr(error, "reason", error)) or type(error).__name__
            raise NoTimeStamp(self.name, why=why) from error


def stamp_reader(certificates: bytes) -> StampReader:
    """What reads stamps by the root certificates that are trusted, in PEM.

    The chain is checked as of the instant of the stamp (RFC 3161, section 4: certificates may have expired since).

    Raises:
        BadValue: there is no certificate in it.
        NotInstalled: the extra `timestamps` is missing.
    """
    library = _library()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        roots = load_pem_x509_certificates(certificates)
    except ValueError as error:
        raise BadValue("authority", "…", expected=Phrase("root certificates in PEM")) from error

    def read(stamp: Stamp) -> dt.datetime:
        try:
            response: TimeStampResponse = library.decode_timestamp_response(stamp.response)
            library.VerifierBuilder(roots=list(roots), intermediates=[]).build().verify_message(response, stamp.message)
        except (ValueError, library.VerificationError) as error:
            raise CheckFailed(
                [Phrase("the time stamp of {name} does not hold: {why}", name=stamp.name, why=str(error))]
            ) from error
        return response.tst_info.gen_time

    return read


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise NotInstalled("time stamps", extra="timestamps") from error
    return rfc3161_client
