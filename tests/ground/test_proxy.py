"""Who is asking, behind a reverse proxy and without one."""

import pytest
from flask import request

from tests.conftest import make_app


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [("0", "127.0.0.1"), ("1", "192.0.2.9"), ("2", "198.51.100.7")],
)
def test_as_many_hops_are_believed_as_there_are_proxies(tmp_path, proxies, seen):
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'x'}", BEREDSKAB_PROXIES=proxies)
    met = []
    app.before_request(lambda: met.append(request.remote_addr))
    app.test_client().get("/static/nothing", headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.7, 192.0.2.9"})
    assert met == [seen]
