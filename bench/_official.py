"""The official clients, plain and async, as their documentation shows them, sent to the provider of the bench."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from requests.adapters import HTTPAdapter
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

ACCOUNT, TOKEN, NUMBER = "AC" + "0" * 32, "bench", "+4570000000"


def client(url: str, threads: int = 1) -> Client:
    """One client for this many threads."""
    http = Here(url)
    http.session.mount("http://", HTTPAdapter(pool_maxsize=threads))
    return Client(ACCOUNT, TOKEN, http_client=http)


def async_client(url: str) -> tuple[Client, AsyncTwilioHttpClient]:
    """A client for one loop, and what is to be closed at its end."""
    http = AsyncHere(url)
    return Client(ACCOUNT, TOKEN, http_client=http), http


class AsyncHere(AsyncTwilioHttpClient):  # type: ignore[misc]
    """Another host; all else is the library's own."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.here = urlsplit(url)

    def log_request(self, kwargs: Any) -> None:
        """Nothing, which is generous."""

    async def request(self, method: str, url: str, *args: Any, **more: Any) -> Any:
        asked = urlsplit(url)
        more.pop("auth", None)  # it warns that its way to say who asks is on its way out; the bench asks nobody
        url = urlunsplit((self.here.scheme, self.here.netloc, asked.path, asked.query, ""))
        return await super().request(method, url, *args, **more)


class Here(TwilioHttpClient):
    """Another host, and an end to its patience; all else is the library's own."""

    def __init__(self, url: str) -> None:
        super().__init__(timeout=20)
        self.here = urlsplit(url)

    def request(self, method: str, url: str, *args: Any, **more: Any) -> Any:
        asked = urlsplit(url)
        url = urlunsplit((self.here.scheme, self.here.netloc, asked.path, asked.query, ""))
        return super().request(method, url, *args, **more)
