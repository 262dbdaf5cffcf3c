"""The official synchronous client, as its documentation shows it, sent to the provider of the bench."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from requests.adapters import HTTPAdapter
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

ACCOUNT, TOKEN, NUMBER = "AC" + "0" * 32, "bench", "+4570000000"


def client(url: str, threads: int = 1) -> Client:
    """One client for this many threads."""
    http = Here(url)
    http.session.mount("http://", HTTPAdapter(pool_maxsize=threads))
    return Client(ACCOUNT, TOKEN, http_client=http)


class Here(TwilioHttpClient):
    """Another host, and an end to its patience; all else is the library's own."""

    def __init__(self, url: str) -> None:
        super().__init__(timeout=20)
        self.here = urlsplit(url)

    def request(self, method: str, url: str, *args: Any, **more: Any) -> Any:
        asked = urlsplit(url)
        url = urlunsplit((self.here.scheme, self.here.netloc, asked.path, asked.query, ""))
        return super().request(method, url, *args, **more)
