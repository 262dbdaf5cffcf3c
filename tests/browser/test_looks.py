"""Every component by day and by night, on a phone and on a desk: AA contrast, nothing off screen, nothing too small."""

from pathlib import Path

from tests.browser.gallery.fixture import app, world

__all__ = ["app", "world"]

AXE = (Path(__file__).parents[1] / "vendor/axe/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK = {"width": 1280, "height": 900}
ROOMS = ["room", "room?track=police&exercise=1"]
PAGES = ["front?b=1&f=1", *ROOMS, "components", "form", "form?inside=1", "confirm", "paper", "no-such-page"]
TOO_SMALL = """[...document.querySelectorAll('a, button, summary, select, input:not([type=hidden]), textarea')]
  .filter(e => e.offsetParent && getComputedStyle(e).display !== 'inline' && !e.closest('.alert-text')
    && !e.matches('.form-radio, .form-checkbox, .skip')
    && e.getBoundingClientRect().height < 48).map(e => e.outerHTML)"""


def violations(page, within="html"):
    """What axe finds by day, and by night in the only thing that the night changes: the colours."""
    page.evaluate(AXE)
    found = []
    for scheme, looked_for in (("dark", ["color-contrast"]), ("light", TAGS)):
        page.emulate_media(color_scheme=scheme)
        kind = "tag" if looked_for is TAGS else "rule"
        answer = page.evaluate(
            "([within, runOnly]) => axe.run(within, {runOnly})", [within, {"type": kind, "values": looked_for}]
        )
        found += [(scheme, v["id"], n["target"]) for v in answer["violations"] for n in v["nodes"]]
    return found


def test_axe_finds_nothing(new_context):
    page = new_context().new_page()
    for name in PAGES:
        page.goto(f"/gallery/{name}")
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert page.evaluate(TOO_SMALL) == [], name
    page.goto("/gallery/form")
    page.get_by_role("button", name="Aktivér nu").click()
    page.locator("[data-error-summary]").wait_for()
    assert violations(page) == []
    page.goto("/gallery/room")
    page.locator("#menu").click()
    assert violations(page, ".top") == []


def test_axe_finds_nothing_on_a_desk_where_the_room_has_three_columns(new_context):
    page = new_context(viewport=DESK, has_touch=False).new_page()
    page.goto("/gallery/room")
    assert violations(page) == []
    lefts = page.locator(".room-column").evaluate_all("columns => columns.map(c => c.getBoundingClientRect().left)")
    assert len(set(lefts)) == 3


def test_the_primary_button_stays_at_the_thumb(page):
    page.goto("/gallery/room")
    for _ in range(2):
        box = page.get_by_role("link", name="Skriv i log").bounding_box()
        assert box is not None and box["y"] + box["height"] <= 844 and box["y"] > 700
        page.mouse.wheel(0, 700)


def test_paper_shows_neither_buttons_nor_header(page):
    page.goto("/gallery/paper")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Opslag til opgangen").is_visible()
    assert not page.get_by_role("button", name="Udskriv").is_visible()
    assert not page.locator(".top").is_visible()


def test_two_screens_after_the_first_visit_weigh_next_to_nothing(context):
    page = context.new_page()
    page.goto("/gallery/front")
    page.wait_for_load_state("networkidle")
    weights = []
    page.on(
        "requestfinished", lambda r: weights.append(r.sizes()["responseBodySize"] + r.sizes()["responseHeadersSize"])
    )
    page.goto("/gallery/front")
    page.goto("/gallery/form")
    page.wait_for_load_state("networkidle")
    assert sum(weights) < 20_000, weights


def test_a_form_works_without_javascript(new_context, world):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/gallery/form")
    page.locator("label", has_text="Ikke politisag").click()
    page.get_by_label("Hvad").fill("Rygte om drab")
    page.get_by_role("button", name="Aktivér nu").click()
    assert page.url.endswith("/gallery/front")
    assert world.received[0]["what"] == "Rygte om drab" and world.received[0]["go"] == "now"
