"""How every page here is made: in one of six languages, without a session, the same bytes for everybody."""

import hashlib
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from app.areas.models import Area
from app.areas.queries import area_by_slug
from app.lib import clock
from app.lib.languages import Language, direction
from app.signup.words import say, speaker
from app.templating import moment

blueprint = Blueprint("area_page", __name__, url_prefix="/area/<slug>")
PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}  # its address opens somebody's own page


def area_or_404(slug: str) -> Area:
    """The area by the name in its address."""
    return area_by_slug(slug) or abort(404)


def language() -> Language:
    """As chosen on the page, else what the browser asks for, else Danish."""
    chosen = request.args.get("language") or request.accept_languages.best_match([one.value for one in Language])
    return next((one for one in Language if one == chosen), Language.DANISH)


def page(name: str, area: Area, status: int = 200, **values: Any) -> Response:
    """A whole page. Nothing of the reader, no token and no session gets into it."""
    return Response(render(name, area, **values), status, {"Vary": "Accept-Language"}, mimetype="text/html")


def render(name: str, area: Area, **values: Any) -> str:
    """Not render_template: that would bring the session along."""
    spoken = language()
    t = speaker(spoken, area=area.name)
    frame = {
        "area": area, "t": t, "lang": spoken.value, "direction": direction(spoken), "direction_of": _direction,
        "languages": [(one.value, say(one, "name"), direction(one)) for one in Language],
        "written": lambda when, tag=spoken: written(when, Language(tag)), "say": _say(area),
    }  # fmt: skip
    return current_app.jinja_env.get_template(f"public/area/{name}.html").render(**{**frame, **values})


def kept(content: str | bytes, media_type: str) -> AnyResponse:
    """To be asked for again and again: answered by 304 until it is another."""
    body = content.encode() if isinstance(content, str) else content
    answer = Response(body, content_type=media_type, headers={"Cache-Control": "no-cache"})
    answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
    return answer.make_conditional(request)


def written(when: datetime, spoken: Language) -> str:
    """`kl. 23.58`; for those who read no Danish `22.11. 23:58`, kept in that order between words from the right."""
    return moment(when) if spoken is Language.DANISH else f"\u2066{clock.local(when):%d.%m. %H:%M}\u2069"


def _direction(tag: str) -> str:
    return direction(Language(tag))


def _say(area: Area) -> Any:
    return lambda tag, key, **values: say(Language(tag), key, **{"area": area.name, **values})
